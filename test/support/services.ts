import { change, type Files, small } from "./pair.ts";

type Where = keyof Files | "both";

/** The small pair's DHCP settings of lan, with a field given another text; undefined removes the element. */
export function setDhcp(files: Files, where: Where, field: string, value: string | undefined): Files {
  const element = new RegExp(`(<dhcpd>(?:(?!</dhcpd>).)*?)<${field}>[^<]*</${field}>`, "s");
  return change(files, where, element, value === undefined ? "$1" : `$1<${field}>${value}</${field}>`);
}

/** Adds something to the small pair's DHCP settings of lan. */
export const addToDhcp = (files: Files, where: Where, xml: string): Files =>
  change(files, where, /<\/lan>(?=\s*<(?:opt2|\/dhcpd))/, `${xml}</lan>`);

/** Gives a pair's opt2 a DHCP server, with the usual range. */
export const serveOpt2 = (files: Files, where: Where, xml = ""): Files =>
  change(
    files,
    where,
    "</dhcpd>",
    `<opt2><enable></enable><range><from>192.168.8.100</from><to>192.168.8.199</to></range>${xml}</opt2></dhcpd>`,
  );

/** Turns the sync of the DHCP settings off. */
export const withoutDhcpSync = (files: Files): Files =>
  change(files, "primary", "<synchronizedhcpd>on</synchronizedhcpd>", "");

/** The small pair of a later release, served by Kea instead of ISC. */
export const onKea: Files = change(
  change(setDhcp(small, "both", "failover_peerip", ""), "both", "<version>23.3<", "<version>24.0<"),
  "both",
  "<dhcpd>",
  "<dhcpbackend>kea</dhcpbackend><dhcpd>",
);

type KeaFields = Readonly<Record<string, string>>;

/** High availability of Kea on both nodes over the sync interface, with fields changed or added. */
export function withKeaHa(
  primary: KeaFields = {},
  secondary: KeaFields = {},
  service = "kea",
  files: Files = onKea,
): Files {
  const ha = (fields: KeaFields): string =>
    Object.entries(fields)
      .map(([name, value]) => `<${name}>${value}</${name}>`)
      .join("");
  const one = { enable: "", role: "primary", localname: "kea-a", localip: "10.99.0.1" };
  const other = { enable: "", role: "standby", localname: "kea-b", localip: "10.99.0.2" };
  const add = (where: keyof Files, fields: KeaFields, pair: Files): Files =>
    change(pair, where, "<filter>", `<${service}><ha>${ha(fields)}</ha></${service}><filter>`);
  return add(
    "secondary",
    { ...other, remotename: "kea-a", remoteip: "10.99.0.1", ...secondary },
    add("primary", { ...one, remotename: "kea-b", remoteip: "10.99.0.2", ...primary }, files),
  );
}
