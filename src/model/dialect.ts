import { isXmlChar } from "../parser/xml-document.ts";
import { html401 } from "./html-entities.ts";

/**
 * How a release reads and writes its config.xml, by config version (`<version>`). pfSense compares these numbers as
 * PHP compares numeric strings, so 23.30 is 23.3.
 */
export interface Dialect {
  readonly version: number;
  /** Whether an element of this (lower-case) name may repeat, and is always an entry of a list. */
  isList(name: string): boolean;
  /** Whether pfSense writes the text of this element as CDATA. */
  isCdata(name: string): boolean;
  /** The decoding that pfSense applies after XML's own: to CDATA, whose content is encoded once more. */
  decodeEntities(text: string): string;
  /** Its inverse, as pfSense writes values. */
  encodeEntities(text: string): string;
  /**
   * What stands for a value outside CDATA. Where it knows a name of HTML for a character, pfSense 2.7 writes that name
   * here too, and cannot read it again: such characters are left as they are.
   */
  encodeText(text: string): string;
}

/** The config version from which on entities are those of XML instead of those of HTML 4.01. */
const xmlEntitiesSince = 24.5;

/** The last config version of pfSense 2.7; later ones have two more list tags, and interface-bound states. */
export const lastVersionOf27 = 23.3;

/** The newest config version that this model was read from. */
export const newestVersion = 24.5;

/** The oldest config version that this model was read from, that of 2.4.5. */
export const oldestVersion = 19.1;

export function dialectOf(version: string): Dialect {
  const number = versionNumber(version) ?? newestVersion;
  const modern = number >= xmlEntitiesSince;
  return {
    version: number,
    isList: (name) => listTags.has(name) || (number > lastVersionOf27 && newerListTags.has(name)),
    isCdata: (name) =>
      cdataPrefixes.some((prefix) => name.startsWith(prefix)) ||
      (modern && newerCdataPrefixes.some((prefix) => name.startsWith(prefix))),
    decodeEntities: modern ? decodeXml1 : decodeHtml401,
    encodeEntities: modern ? encodeXml1 : encodeHtml401,
    encodeText: modern ? encodeXml1 : encodeMarkup,
  };
}

/** The number in a `<version>`, or undefined if it is none. */
export function versionNumber(version: string): number | undefined {
  return /^\d{1,4}(?:\.\d{1,4})?$/.test(version) ? Number(version) : undefined;
}

/**
 * Names of elements that may repeat (pfSense `xmlparse.inc`, `listtags()`, the same in 2.6.0 to 2.7.2). Packages add
 * more while running, which no file tells.
 */
const listTags = new Set(
  (
    "acls alias aliasurl allowedhostname allowedip authserver bridged build_port_path ca cacert cert checkipservice clone " +
    "columnitem config container crl depends_on_package disk dnsserver dnsupdate domainoverrides dyndns earlyshellcmd element " +
    "encryption-algorithm-option field fieldname gateway_group gateway_item gif gre group hash-algorithm-option hosts " +
    "ifgroupentry igmpentry interface_array item key l7rules lagg lbaction lbpool lbprotocol member menu mobilekey " +
    "monitor_type mount npt ntpserver onetoone openvpn-client openvpn-csc openvpn-server option package pages passthrumac " +
    "phase1 phase2 pipe pool ppp pppoe priv proxyarpnet qinqentry queue radnsserver roll route row rrddatafile rule " +
    "schedule servernat servers serversdisabled service shellcmd sshkeyfile staticmap subqueue switch swport tab timerange " +
    "tunnel user vip virtual_server vlan vlangroup voucherdbfile vxlan wgpeer widget winsserver wolentry xmldatafile"
  ).split(" "),
);
const newerListTags = new Set(["laggroup", "mobilegroup"]);

/** Beginnings of the names that pfSense writes as CDATA (`xmlparse.inc`, `is_cdata_entity()`). */
const cdataPrefixes = (
  "aclname auth_pass auth_prompt auth_user certca certname city common_name descr detail email encryption_password hint " +
  "ldap_attr ldap_authcn ldap_basedn ldap_basedomain ldap_bind ldapbinddn ldapbindpass ldap_extended_query ldap_filter " +
  "ldap_pam_groupdn ldap_pass ldap_user login_banner organization password rangedescr state text username " +
  "varusersusername varuserspassword"
).split(" ");
const newerCdataPrefixes = ["proxypass", "proxyuser"];

const entity = /&(?:#(?:[xX]([0-9a-fA-F]+)|([0-9]+))|([A-Za-z][A-Za-z0-9]*));/g;

/** PHP `html_entity_decode()` with its default flags (HTML 4.01, both quotes). */
const decodeHtml401 = (text: string): string => decode(text, (name) => html401.get(name), isHtml401Char);

/** PHP `html_entity_decode()` with `ENT_XML1`. */
const decodeXml1 = (text: string): string => decode(text, (name) => xml1.get(name), isXmlChar);

const xml1: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

function decode(text: string, named: (name: string) => string | undefined, allowed: (code: number) => boolean): string {
  if (!text.includes("&")) return text;
  return text.replace(
    entity,
    (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) return named(name) ?? whole;
      const code = hex === undefined ? Number.parseInt(decimal ?? "", 10) : Number.parseInt(hex, 16);
      return allowed(code) ? String.fromCodePoint(code) : whole;
    },
  );
}

/** PHP `unicode_cp_is_allowed()` for HTML 4.01: no C0 or C1 control characters but tab, LF and CR. */
const isHtml401Char = (code: number): boolean => isXmlChar(code) && (code < 0x7f || code >= 0xa0);

const html401Names: ReadonlyMap<string, string> = new Map(
  [...html401].map(([name, character]) => [character, `&${name};`] as const).concat([["'", "&#039;"]]),
);

/** PHP `htmlentities()` with its default flags. */
const encodeHtml401 = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything that is not plain ASCII is looked up.
  text.replace(/[&<>"']|[^\x00-\x7f]/g, (character) => html401Names.get(character) ?? character);

/** As `encodeHtml401`, of the characters that mean something to XML. */
const encodeMarkup = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => html401Names.get(character) ?? character);

const xml1Names: ReadonlyMap<string, string> = new Map([...xml1].map(([name, character]) => [character, `&${name};`]));

/** PHP `htmlspecialchars()` with `ENT_XML1`. */
const encodeXml1 = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => xml1Names.get(character) ?? character);
