import { keyValue, type Line, type Placed, parseSections, split } from "../../parser/sections.ts";
import type { Source, Span } from "../../source.ts";

/** A network card of a guest, `netN` (qm.conf(5)). */
export interface Nic {
  /** `net0` and so on. */
  readonly name: string;
  readonly index: number;
  /** What the guest sees: `virtio`, `e1000`, `vmxnet3` …; of a container, `veth`. */
  readonly model: string;
  /** Lower case; undefined if the file names none. */
  readonly mac: string | undefined;
  readonly bridge: string | undefined;
  /** VLAN tag that the bridge gives to its frames. */
  readonly tag: number | undefined;
  /** VLANs that pass with their tags; undefined means all. */
  readonly trunks: readonly VlanRange[] | undefined;
  readonly firewall: boolean;
  readonly linkDown: boolean;
  /** The whole value. */
  readonly at: Span;
  /** The place of an option; the whole value if it is not there. */
  place(option: string): Span;
}

export interface VlanRange {
  readonly first: number;
  readonly last: number;
}

/** A virtual machine or container: `qemu-server/NNN.conf`, `lxc/NNN.conf`. */
export interface Guest {
  readonly source: Source;
  /** Number of the guest, from the file's name; empty if the name is no number. */
  readonly id: string;
  readonly name: string;
  readonly nics: readonly Nic[];
  /** Lines that are no `key: value`. */
  readonly faults: readonly Line[];
  /** Where to point for the guest as a whole: its name, else the beginning of the file. */
  readonly at: Span;
}

/** Reads a guest's configuration as it is now: snapshots and pending changes, which follow in sections, are left out. */
export function readGuest(source: Source): Guest {
  const [current] = parseSections(source);
  const nics: Nic[] = [];
  const faults: Line[] = [];
  let name: Placed | undefined;
  for (const line of current?.lines ?? []) {
    const entry = keyValue(line);
    if (!entry) faults.push(line);
    else if (/^net\d+$/.test(entry.key.text)) nics.push(readNic(entry.key.text, entry.value));
    else if (entry.key.text === "name" || entry.key.text === "hostname") name = entry.value;
  }
  nics.sort((a, b) => a.index - b.index);
  const id = /(\d+)\.conf$/.exec(source.path)?.[1] ?? "";
  return { source, id, name: name?.text ?? "", nics, faults, at: name?.at ?? source.span(0, 0) };
}

const models = new Set([
  "virtio",
  "e1000",
  "e1000e",
  "e1000-82540em",
  "e1000-82544gc",
  "e1000-82545em",
  "vmxnet3",
  "rtl8139",
  "ne2k_pci",
  "ne2k_isa",
  "pcnet",
  "i82551",
  "i82557b",
  "i82559er",
]);

function readNic(name: string, value: Placed): Nic {
  const options = new Map<string, Placed>();
  const places = new Map<string, Span>();
  let model = "veth";
  for (const word of split(value, /,/)) {
    const equals = word.text.indexOf("=");
    const key = (equals === -1 ? word.text : word.text.slice(0, equals)).trim();
    const text = equals === -1 ? "" : word.text.slice(equals + 1).trim();
    places.set(key, word.at);
    if (models.has(key)) {
      model = key;
      if (text !== "") options.set("macaddr", { text, at: word.at });
    } else if (key === "model") model = text;
    else options.set(key === "hwaddr" ? "macaddr" : key, { text, at: word.at });
  }
  const text = (key: string): string | undefined => options.get(key)?.text || undefined;
  const tag = Number(text("tag"));
  return {
    name,
    index: Number(name.slice(3)),
    model,
    mac: text("macaddr")?.toLowerCase(),
    bridge: text("bridge"),
    tag: Number.isInteger(tag) && tag > 0 ? tag : undefined,
    trunks: text("trunks") === undefined ? undefined : vlanRanges(text("trunks") ?? "", /;/),
    firewall: isOn(text("firewall")),
    linkDown: isOn(text("link_down")),
    at: value.at,
    place: (option) => places.get(option) ?? value.at,
  };
}

/** `10;20-30`, or with blanks between; what is no number is left out. */
export function vlanRanges(text: string, separator: RegExp): readonly VlanRange[] {
  return text
    .split(separator)
    .map((word) => /^\s*(\d{1,4})(?:-(\d{1,4}))?\s*$/.exec(word))
    .filter((match) => match !== null)
    .map((match) => ({ first: Number(match[1]), last: Number(match[2] ?? match[1]) }));
}

const isOn = (text: string | undefined): boolean => text === "1" || text === "on" || text === "yes" || text === "true";
