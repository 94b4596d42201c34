import { type Decision, filterOf, type Packet } from "../../src/behaviour/packet-filter/index.ts";
import { type Address, parseAddress } from "../../src/model/address.ts";
import type { Config } from "../../src/model/config.ts";
import { configOf } from "./pair.ts";

/** A rule as pfSense writes it; what is not given is left out. Ends are XML: `<any></any>` if not given. */
export interface RuleParts {
  readonly type?: string;
  readonly interface?: string;
  readonly ipprotocol?: string;
  readonly protocol?: string;
  readonly source?: string;
  readonly destination?: string;
  readonly descr?: string;
  /** Further elements, as XML. */
  readonly more?: string;
}

const leaf = (name: string, value: string | undefined): string =>
  value === undefined ? "" : `<${name}>${value}</${name}>`;

export function rule(parts: RuleParts): string {
  const {
    type = "pass",
    interface: on = "lan",
    ipprotocol = "inet",
    source = "<any></any>",
    destination = "<any></any>",
  } = parts;
  return `<rule>${leaf("type", type)}${leaf("interface", on)}${leaf("ipprotocol", ipprotocol)}${leaf("protocol", parts.protocol)}<source>${source}</source><destination>${destination}</destination>${leaf("descr", parts.descr)}${parts.more ?? ""}</rule>`;
}

export const alias = (name: string, type: string, address: string): string =>
  `<alias><name>${name}</name><type>${type}</type><address>${address}</address></alias>`;

export interface NodeParts {
  readonly version?: string;
  readonly system?: string;
  readonly interfaces?: string;
  readonly rules?: string;
  readonly aliases?: string;
  readonly vips?: string;
  /** Further sections, as XML. */
  readonly more?: string;
}

export const wan = `<wan><enable></enable><if>em0</if><ipaddr>198.51.100.2</ipaddr><subnet>24</subnet></wan>`;
export const lan = `<lan><enable></enable><if>em1</if><ipaddr>192.168.1.1</ipaddr><subnet>24</subnet><ipaddrv6>2001:db8:1::1</ipaddrv6><subnetv6>64</subnetv6></lan>`;

/** A node with a WAN and a LAN, and nothing else that is not asked for. */
export function node(parts: NodeParts = {}): Config {
  const { version = "23.3", system = "<ipv6allow></ipv6allow><webgui></webgui>", interfaces = wan + lan } = parts;
  return configOf(
    `<?xml version="1.0"?><pfsense><version>${version}</version><system>${system}</system><interfaces>${interfaces}</interfaces>` +
      `<filter>${parts.rules ?? ""}</filter><aliases>${parts.aliases ?? ""}</aliases><virtualip>${parts.vips ?? ""}</virtualip>${parts.more ?? ""}</pfsense>`,
  );
}

export const ip = (text: string): Address => parseAddress(text)!;

/** `in lan tcp 192.168.1.50 > 203.0.113.9:443` in words of a packet; the port is left out where there is none. */
export function packet(text: string): Packet {
  const [direction, on = "", protocol = "", source = "", , target = ""] = text.split(" ");
  const [, destination = "", port] = /^(.*?)(?:#(\d+))?$/.exec(target) ?? [];
  if (direction !== "in" && direction !== "out") throw new Error(text);
  return {
    interface: on,
    direction,
    protocol,
    source: ip(source),
    destination: ip(destination),
    port: port === undefined ? undefined : Number(port),
  };
}

export const decide = (config: Config, text: string): Decision => filterOf(config).decide(packet(text));

/** `pass: rule "x" on lan`, or the label of pfSense's own rule. */
export function verdict(config: Config, text: string): string {
  const { verdict: found, label, why } = decide(config, text);
  return `${found}: ${label || why}`;
}
