import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { clusterOf } from "../cluster/cluster.ts";
import { compareText } from "../diagnostic.ts";
import { parseAddress, sameAddress, sameNetwork } from "../model/address.ts";
import { type Config, parseConfig } from "../model/config.ts";
import { decode } from "../parser/decode.ts";
import { readable, readFile } from "./input.ts";
import { InputError } from "./io.ts";

/** Two exports that belong together, by what is in them. */
export interface FoundPair {
  readonly name: string;
  /** Relative to the folder, with forward slashes. */
  readonly primary: string;
  readonly secondary: string;
}

const skipped = new Set(["node_modules", ".git", ".cache"]);
const maxBytes = 64 * 1024 * 1024;

/** An export that is in no pair. */
export interface LoneExport {
  readonly path: string;
  readonly reason: string;
}

/** What is in a folder. */
export interface Found {
  readonly pairs: readonly FoundPair[];
  readonly alone: readonly LoneExport[];
}

/** The pairs among the XML files of a folder and those below it, told by their contents. */
export function findPairs(folder: string): Found {
  const unread: LoneExport[] = [];
  /** What cannot be read is told, and stands in nobody's way. */
  const attempt = <T>(path: string, look: () => readonly T[]): readonly T[] => {
    try {
      return readable(path, look);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      unread.push({ path, reason: error.message.slice(path.length + 2) });
      return [];
    }
  };
  const all = xmlFiles(folder, attempt).flatMap((path) =>
    attempt(path, () => {
      const bytes = readFile(path, folder);
      // Most XML is no pfSense configuration: the root element is near the beginning of one.
      return bytes.subarray(0, 4096).includes("<pfsense") ? [parseConfig(decode(path, bytes))] : [];
    }),
  );
  const configs = all.filter(({ loads }) => loads);
  const candidates = configs
    .flatMap((a, index) => configs.slice(index + 1).map((b) => ({ a, b, score: kinship(a, b) })))
    .filter(({ score }) => score > 0)
    .sort(
      (x, y) => y.score - x.score || compareText(x.a.source.path + x.b.source.path, y.a.source.path + y.b.source.path),
    );
  const mates = new Map<Config, Config>();
  const pairs: { primary: string; secondary: string }[] = [];
  for (const { a, b } of candidates) {
    if (mates.has(a) || mates.has(b)) continue;
    mates.set(a, b).set(b, a);
    const { primary, secondary } = clusterOf(a, b);
    pairs.push({ primary: primary.source.path, secondary: secondary.source.path });
  }
  const lonely = all.filter((config) => !mates.has(config));
  return {
    pairs: named(pairs.sort((x, y) => compareText(x.primary, y.primary))),
    alone: [
      ...lonely.map((config) => ({ path: config.source.path, reason: whyAlone(config, configs, mates) })),
      ...unread,
    ],
  };
}

/** Why nothing was paired with an export, in words that tell what to look for. */
function whyAlone(config: Config, all: readonly Config[], mates: ReadonlyMap<Config, Config>): string {
  if (!config.loads) return "pfSense would not load it";
  const twin = all.find((other) => other !== config && isSameNode(config, other));
  if (twin) return `an export of the same node as ${twin.source.path}`;
  const rival = all.find((other) => kinship(config, other) > 0);
  if (rival) return `would go with ${rival.source.path}, which goes better with ${mates.get(rival)?.source.path}`;
  const { target, pfsyncPeer } = config.hasync;
  if (!target.empty)
    return `it sends its configuration to ${config.hasync.shownTarget}, which is no address of a node with its VIPs`;
  if (!pfsyncPeer.empty) return `its pfsync peer, ${pfsyncPeer.text}, is no address of the others`;
  if (config.carpVips.length > 0) return "no other file beside it has its CARP VIPs";
  return "it names no peer and has no CARP VIP";
}

type Attempt = <T>(path: string, look: () => readonly T[]) => readonly T[];

function xmlFiles(folder: string, attempt: Attempt, below = "", depth = 0): readonly string[] {
  if (depth > 8) return [];
  const entries = attempt(below || ".", () => readdirSync(join(folder, below), { withFileTypes: true }));
  return [...entries]
    .sort((a, b) => compareText(a.name, b.name))
    .flatMap((entry) => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : xmlFiles(folder, attempt, path, depth + 1);
      if (!entry.isFile() || !/\.xml$/i.test(entry.name)) return [];
      return attempt(path, () => (statSync(join(folder, path)).size <= maxBytes ? [path] : []));
    });
}

/**
 * How surely two nodes are one cluster: they name each other, or hold the same VIPs. 0: they are none. In a fleet built
 * from one template every sync network has the same addresses, so that alone is not enough where there are VIPs to compare.
 */
function kinship(a: Config, b: Config): number {
  if (a === b || isSameNode(a, b)) return 0;
  const { carpVips, interfaces } = clusterOf(a, b);
  const sends = sendsTo(a, b) || sendsTo(b, a);
  const peers = peersWith(a, b) + peersWith(b, a);
  const twins = carpVips.pairs.filter(({ primary, secondary }) => primary.subnet.text === secondary.subnet.text).length;
  const shared = interfaces.pairs.filter(({ primary, secondary }) => {
    const [one, other] = [primary.networkOf(4), secondary.networkOf(4)];
    return one && other && sameNetwork(one, other);
  }).length;
  const near = dirname(a.source.path) === dirname(b.source.path) ? 1 : 0;
  const strangers = a.carpVips.length > 0 && b.carpVips.length > 0 && twins === 0 && shared < 2;
  if (strangers || (!sends && peers < 2 && (twins === 0 || near === 0))) return 0;
  return (sends ? 1000 : 0) + peers * 200 + Math.min(twins, 50) * 2 + Math.min(shared, 50) * 2 + near;
}

/** Two exports of one node, of different days perhaps: the same name, the same addresses. */
function isSameNode(a: Config, b: Config): boolean {
  const identity = (config: Config): string => [config.system.fullName, ...addresses(config).sort()].join(" ");
  return identity(a) === identity(b);
}

const addresses = (config: Config): string[] =>
  config.interfaces.flatMap(({ ipaddr, ipaddrv6 }) => [ipaddr.text, ipaddrv6.text]).filter((text) => text !== "");

const sendsTo = (a: Config, b: Config): boolean => {
  const { target } = a.hasync;
  const [, bracketed, plain] =
    /^(?:\w+:\/\/)?(?:[^@/]*@)?(?:\[([^\]]*)\]|([^:/]+))(?:[:/].*)?$/.exec(target.text.trim()) ?? [];
  const host = parseAddress(target.text) ? target.text : (bracketed ?? plain ?? "");
  return !target.empty && addresses(b).some((address) => isSame(address, host));
};

const isSame = (one: string, other: string): boolean => {
  const [a, b] = [parseAddress(one), parseAddress(other)];
  return a && b ? sameAddress(a, b) : one === other;
};

const peersWith = (a: Config, b: Config): number => {
  const { pfsyncEnabled, pfsyncPeer } = a.hasync;
  return pfsyncEnabled.on && addresses(b).some((address) => isSame(address, pfsyncPeer.text)) ? 1 : 0;
};

/** Named after their folder if they have it for themselves, else after what their file names share. */
function named(pairs: readonly { primary: string; secondary: string }[]): readonly FoundPair[] {
  const used = new Set<string>();
  return pairs.map((pair) => {
    const folder = dirname(pair.primary);
    const alone = folder !== "." && pairs.filter(({ primary }) => dirname(primary) === folder).length === 1;
    const shared = sharedPrefix(basename(pair.primary), basename(pair.secondary));
    const wish = (alone ? basename(folder) : shared) || "cluster";
    let name = wish;
    for (let i = 2; used.has(name); i++) name = `${wish}-${i}`;
    used.add(name);
    return { name, ...pair };
  });
}

function sharedPrefix(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a
    .slice(0, length)
    .replace(/[^\p{L}\p{N}]+$/u, "")
    .replace(/\.xml$/i, "");
}
