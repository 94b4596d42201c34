/**
 * Service names that a port may be written as. pfSense asks `getservbyname()` (`util.inc`, `is_port()`); these are the
 * names of FreeBSD's `/etc/services` that occur in practice.
 */
const services: ReadonlyMap<string, number> = new Map([
  ["echo", 7],
  ["discard", 9],
  ["daytime", 13],
  ["chargen", 19],
  ["ftp", 21],
  ["ssh", 22],
  ["telnet", 23],
  ["smtp", 25],
  ["time", 37],
  ["nicname", 43],
  ["whois", 43],
  ["tacacs", 49],
  ["domain", 53],
  ["bootps", 67],
  ["bootpc", 68],
  ["tftp", 69],
  ["gopher", 70],
  ["finger", 79],
  ["http", 80],
  ["www", 80],
  ["kerberos", 88],
  ["hostname", 101],
  ["pop3", 110],
  ["sunrpc", 111],
  ["auth", 113],
  ["ident", 113],
  ["nntp", 119],
  ["ntp", 123],
  ["epmap", 135],
  ["imap", 143],
  ["snmp", 161],
  ["snmptrap", 162],
  ["bgp", 179],
  ["irc", 194],
  ["ldap", 389],
  ["https", 443],
  ["kpasswd", 464],
  ["submissions", 465],
  ["smtps", 465],
  ["isakmp", 500],
  ["syslog", 514],
  ["printer", 515],
  ["route", 520],
  ["submission", 587],
  ["ldaps", 636],
  ["rsync", 873],
  ["ftps", 990],
  ["telnets", 992],
  ["imaps", 993],
  ["pop3s", 995],
  ["socks", 1080],
  ["openvpn", 1194],
  ["nessus", 1241],
  ["l2tp", 1701],
  ["pptp", 1723],
  ["radius", 1812],
  ["nfs", 2049],
  ["nfsd", 2049],
  ["mysql", 3306],
  ["rdp", 3389],
  ["svn", 3690],
  ["rwhois", 4321],
  ["sip", 5060],
  ["sips", 5061],
  ["postgresql", 5432],
  ["rfb", 5900],
  ["x11", 6000],
  ["ircd", 6667],
  ["bittorrent", 6881],
]);

/** A port by its number or service name (`util.inc`, `is_port()`). */
export function readPort(text: string): number | undefined {
  if (/^\d{1,5}$/.test(text)) {
    const number = Number(text);
    return number >= 1 && number <= 65535 ? number : undefined;
  }
  return services.get(text);
}

/** A port, or a range written with a colon (`util.inc`, `is_port_or_range()`). */
export function readPortRange(text: string): { readonly first: number; readonly last: number } | undefined {
  const [from = "", to = from, ...rest] = text.split(":");
  const first = readPort(from);
  const last = readPort(to);
  return first === undefined || last === undefined || rest.length > 0 ? undefined : { first, last };
}
