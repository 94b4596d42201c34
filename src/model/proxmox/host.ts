import { type Line, type Placed, parseSections, part, split } from "../../parser/sections.ts";
import type { Source, Span } from "../../source.ts";
import { type VlanRange, vlanRanges } from "./guest.ts";

/**
 * A bridge of a host, from `/etc/network/interfaces` (interfaces(5), ifupdown2) or `interfaces.d/sdn`: a Linux bridge, a
 * virtual network of SDN, or one of Open vSwitch.
 */
export interface HostBridge {
  readonly name: string;
  readonly at: Span;
  /** Devices in it; empty for `none`. */
  readonly ports: readonly string[];
  readonly vlanAware: boolean;
  /** VLANs that a VLAN-aware bridge passes; undefined means the default, 2 to 4094 on Proxmox VE. */
  readonly vids: readonly VlanRange[] | undefined;
  /** False if the bridge knows only the MAC addresses of its guests' cards. */
  readonly learning: boolean;
  /** The place of an option; the stanza's if it is not there. */
  place(option: string): Span;
}

/** The network of one host. */
export interface HostNetwork {
  readonly bridges: readonly HostBridge[];
}

export function readHostNetwork(source: Source): HostNetwork {
  const stanzas = new Map<string, { at: Span; options: Map<string, Placed> }>();
  let current: { at: Span; options: Map<string, Placed> } | undefined;
  for (const line of parseSections(source, false)[0]?.lines ?? []) {
    const [keyword, name] = [...split(part(line, 0, line.text.length), /\s+/)];
    if (!keyword) continue;
    if (keyword.text === "iface" && name) {
      current = stanzas.get(name.text) ?? { at: name.at, options: new Map() };
      stanzas.set(name.text, current);
    } else if (stanzaWords.test(keyword.text)) current = undefined;
    else current?.options.set(keyword.text.replaceAll("_", "-"), rest(line, keyword));
  }
  const bridges = [...stanzas].filter(
    ([, { options }]) => options.has("bridge-ports") || options.has("bridge-vlan-aware") || isOvs(options, "OVSBridge"),
  );
  const internal = [...stanzas].flatMap(([name, { options }]) => (isOvs(options, "OVSIntPort") ? [name] : []));
  return { bridges: bridges.map(([name, { at, options }]) => bridgeOf(name, at, options, internal)) };
}

const isOvs = (options: ReadonlyMap<string, Placed>, type: string): boolean => options.get("ovs-type")?.text === type;

const stanzaWords = /^(?:auto|allow-\S+|mapping|source|source-directory|no-auto-down|no-scripts|rename|template)$/;

function rest(line: Line, keyword: Placed): Placed {
  const from = keyword.text.length + (/^\s*/.exec(line.text.slice(keyword.text.length))?.[0].length ?? 0);
  return part(line, from, line.text.length);
}

/** @param internal ports of Open vSwitch that lead to the host itself */
function bridgeOf(
  name: string,
  at: Span,
  options: ReadonlyMap<string, Placed>,
  internal: readonly string[],
): HostBridge {
  const text = (option: string): string => options.get(option)?.text ?? "";
  const yes = (option: string): boolean => /^(?:yes|1|on|true)$/i.test(text(option));
  const ports = `${text("bridge-ports")} ${text("ovs-ports")}`
    .split(/\s+/)
    .filter((port) => port !== "" && port !== "none" && !internal.includes(port));
  const vids = text("bridge-vids");
  return {
    name,
    at,
    ports,
    vlanAware: yes("bridge-vlan-aware"),
    vids: vids === "" ? undefined : vlanRanges(vids, /[\s,]+/),
    learning: !yes("bridge-disable-mac-learning"),
    place: (option) => options.get(option)?.at ?? at,
  };
}
