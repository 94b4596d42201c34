/**
 * Realistic pairs of any size, the same for the same seed: the small healthy pair with many more firewall rules, aliases,
 * static DHCP mappings, routes, accounts' certificates and VIPs, as XMLRPC sync would leave them on both nodes.
 */
import { readFileSync } from "node:fs";
import { random } from "../test/support/random.ts";

export interface GeneratedPair {
  readonly primary: string;
  readonly secondary: string;
  readonly rules: number;
}

/** Bytes of one of each block on average, measured; a pair is filled with as many of each as the size asks for. */
const bytesPerGroup = 1960;

export function generatePair(bytes: number, seed = 1): GeneratedPair {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const number = (limit: number): number => Math.floor(next() * limit);
  const base = {
    primary: readFileSync("fixtures/pairs/small/primary.xml", "utf8"),
    secondary: readFileSync("fixtures/pairs/small/secondary.xml", "utf8"),
  };
  const groups = Math.max(1, Math.round((bytes - base.primary.length) / bytesPerGroup));
  const rules: string[] = [];
  const aliases: string[] = [];
  const staticMaps: string[] = [];
  const certificates: string[] = [];
  const vips: ((skew: number) => string)[] = [];
  for (let i = 0; i < groups; i++) {
    rules.push(rule(i, pick, number));
    if (i % 2 === 0) aliases.push(alias(aliases.length, number));
    if (i % 2 === 0) staticMaps.push(staticMap(i, number));
    if (i % 16 === 0) certificates.push(certificate(certificates.length, number));
    if (i % 200 === 0 && vips.length < 200) vips.push(vip(vips.length));
  }
  const fill = (text: string, skew: number): string =>
    text
      .replace("\t<filter>\n", () => `\t<filter>\n${rules.join("")}`)
      .replace("\t</aliases>\n", () => `${aliases.join("")}\t</aliases>\n`)
      .replace("\t\t</lan>\n\t</dhcpd>", () => `${staticMaps.join("")}\t\t</lan>\n\t</dhcpd>`)
      .replace("\t<hasync>", () => `${certificates.join("")}\t<hasync>`)
      .replace("\t</virtualip>\n", () => `${vips.map((make) => make(skew)).join("")}\t</virtualip>\n`);
  return { primary: fill(base.primary, 0), secondary: fill(base.secondary, 100), rules: groups + 3 };
}

type Pick = <T>(list: readonly T[]) => T;
type Numbers = (limit: number) => number;

function rule(i: number, pick: Pick, number: Numbers): string {
  const stamp = 1_600_000_000 + i;
  const end = pick([
    "<any></any>",
    "<network>lan</network>",
    `<address>10.${number(200)}.${number(250)}.0/24</address>`,
    `<address>192.168.7.${100 + number(100)}</address>`,
    `<address>hosts_${number(Math.max(1, Math.floor(i / 2)))}</address>`,
  ]);
  const port = pick(["443", "22", "8000-8080", "53", "25", "3389"]);
  return `\t\t<rule>
\t\t\t<id></id>
\t\t\t<tracker>${stamp}</tracker>
\t\t\t<type>${pick(["pass", "pass", "pass", "block", "reject"])}</type>
\t\t\t<interface>${pick(["lan", "lan", "wan"])}</interface>
\t\t\t<ipprotocol>inet</ipprotocol>
\t\t\t<tag></tag>
\t\t\t<tagged></tagged>
\t\t\t<max></max>
\t\t\t<max-src-nodes></max-src-nodes>
\t\t\t<max-src-conn></max-src-conn>
\t\t\t<max-src-states></max-src-states>
\t\t\t<statetimeout></statetimeout>
\t\t\t<statetype><![CDATA[keep state]]></statetype>
\t\t\t<os></os>
\t\t\t<protocol>${pick(["tcp", "udp", "tcp"])}</protocol>
\t\t\t<source>
\t\t\t\t${i % 3 === 0 ? "<network>lan</network>" : end}
\t\t\t</source>
\t\t\t<destination>
\t\t\t\t${end}
\t\t\t\t<port>${port}</port>
\t\t\t</destination>
\t\t\t<descr><![CDATA[Rule ${i} for project &quot;${pick(["north", "south", "east", "west"])}&quot; &amp; partners]]></descr>
\t\t\t<updated>
\t\t\t\t<time>${stamp}</time>
\t\t\t\t<username><![CDATA[admin@192.168.7.50 (Local Database)]]></username>
\t\t\t</updated>
\t\t\t<created>
\t\t\t\t<time>${stamp}</time>
\t\t\t\t<username><![CDATA[admin@192.168.7.50 (Local Database)]]></username>
\t\t\t</created>
\t\t</rule>
`;
}

function alias(i: number, number: Numbers): string {
  const addresses = Array.from(
    { length: 10 + number(40) },
    () => `10.${number(250)}.${number(250)}.${1 + number(250)}`,
  );
  return `\t\t<alias>
\t\t\t<name>hosts_${i}</name>
\t\t\t<type>host</type>
\t\t\t<address>${addresses.join(" ")}${i > 0 && i % 7 === 0 ? ` hosts_${i - 1}` : ""}</address>
\t\t\t<descr><![CDATA[Hosts of project ${i}]]></descr>
\t\t\t<detail><![CDATA[${addresses.map((_, k) => `host ${k}`).join("||")}]]></detail>
\t\t</alias>
`;
}

function staticMap(i: number, number: Numbers): string {
  const hex = (): string => number(256).toString(16).padStart(2, "0");
  return `\t\t\t<staticmap>
\t\t\t\t<mac>02:00:${hex()}:${hex()}:${hex()}:${hex()}</mac>
\t\t\t\t<cid></cid>
\t\t\t\t<ipaddr>192.168.7.${200 + (i % 50)}</ipaddr>
\t\t\t\t<hostname>host-${i}</hostname>
\t\t\t\t<descr><![CDATA[Machine ${i}]]></descr>
\t\t\t\t<filename></filename>
\t\t\t\t<rootpath></rootpath>
\t\t\t</staticmap>
`;
}

function certificate(i: number, number: Numbers): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const blob = (length: number): string => Array.from({ length }, () => letters[number(64)]).join("");
  return `\t<cert>
\t\t<refid>${(0x5f00000000000 + i).toString(16)}</refid>
\t\t<descr><![CDATA[Certificate ${i}]]></descr>
\t\t<type>user</type>
\t\t<crt>${blob(4000)}</crt>
\t\t<prv>${blob(4000)}</prv>
\t</cert>
`;
}

function vip(i: number): (skew: number) => string {
  return (skew) => `\t\t<vip>
\t\t\t<mode>carp</mode>
\t\t\t<interface>wan</interface>
\t\t\t<vhid>${20 + i}</vhid>
\t\t\t<advskew>${skew}</advskew>
\t\t\t<advbase>1</advbase>
\t\t\t<password><![CDATA[example-vip-pass]]></password>
\t\t\t<uniqid>64b00000001${i.toString(16).padStart(2, "0")}</uniqid>
\t\t\t<descr><![CDATA[Service ${i}]]></descr>
\t\t\t<type>single</type>
\t\t\t<subnet_bits>24</subnet_bits>
\t\t\t<subnet>198.51.100.${20 + i}</subnet>
\t\t</vip>
`;
}
