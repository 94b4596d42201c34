import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { clusterOf } from "../cluster/cluster.ts";
import { compareText } from "../diagnostic.ts";
import { type Config, parseConfig } from "../model/config.ts";
import { decode } from "../parser/decode.ts";

/** Two exports that belong together, by what is in them. */
export interface FoundPair {
  readonly name: string;
  /** Relative to the folder, with forward slashes. */
  readonly primary: string;
  readonly secondary: string;
}

const skipped = new Set(["node_modules", ".git", ".cache"]);
const maxBytes = 64 * 1024 * 1024;

/** The pairs among the XML files of a folder and those below it, told by their contents. */
export function findPairs(folder: string): readonly FoundPair[] {
  const configs = xmlFiles(folder).flatMap((path) => {
    const bytes = readFileSync(join(folder, path));
    // Most XML is no pfSense configuration: the root element is near the beginning of one.
    if (!bytes.subarray(0, 4096).includes("<pfsense")) return [];
    const config = parseConfig(decode(path, bytes));
    return config.loads ? [config] : [];
  });
  const candidates = configs
    .flatMap((a, index) => configs.slice(index + 1).map((b) => ({ a, b, score: kinship(a, b) })))
    .filter(({ score }) => score > 0)
    .sort(
      (x, y) => y.score - x.score || compareText(x.a.source.path + x.b.source.path, y.a.source.path + y.b.source.path),
    );
  const taken = new Set<Config>();
  const pairs: { primary: string; secondary: string }[] = [];
  for (const { a, b } of candidates) {
    if (taken.has(a) || taken.has(b)) continue;
    taken.add(a).add(b);
    const { primary, secondary } = clusterOf(a, b);
    pairs.push({ primary: primary.source.path, secondary: secondary.source.path });
  }
  return named(pairs.sort((x, y) => compareText(x.primary, y.primary)));
}

function xmlFiles(folder: string, below = "", depth = 0): readonly string[] {
  if (depth > 8) return [];
  return readdirSync(join(folder, below), { withFileTypes: true })
    .sort((a, b) => compareText(a.name, b.name))
    .flatMap((entry) => {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : xmlFiles(folder, path, depth + 1);
      const wanted = entry.isFile() && /\.xml$/i.test(entry.name) && statSync(join(folder, path)).size <= maxBytes;
      return wanted ? [path] : [];
    });
}

/** How surely two nodes are one cluster: they name each other, or hold the same VIPs. 0: they are none. */
function kinship(a: Config, b: Config): number {
  if (a.system.fullName === b.system.fullName && a.source.text === b.source.text) return 0;
  const { pairs } = clusterOf(a, b).carpVips;
  const sends = sendsTo(a, b) || sendsTo(b, a);
  const peers = peersWith(a, b) + peersWith(b, a);
  const twins = pairs.filter(({ primary, secondary }) => primary.subnet.text === secondary.subnet.text).length;
  const near = dirname(a.source.path) === dirname(b.source.path) ? 1 : 0;
  if (!sends && peers < 2 && (twins === 0 || near === 0)) return 0;
  return (sends ? 1000 : 0) + peers * 200 + Math.min(twins, 50) * 2 + near;
}

const addresses = (config: Config): readonly string[] => config.interfaces.map(({ ipaddr }) => ipaddr.text);

const sendsTo = (a: Config, b: Config): boolean => {
  const { target } = a.hasync;
  const host = target.text.replace(/^\w+:\/\//, "").replace(/[:/].*$/, "");
  return !target.empty && addresses(b).includes(host);
};

const peersWith = (a: Config, b: Config): number =>
  a.hasync.pfsyncEnabled.on && !a.hasync.pfsyncPeer.empty && addresses(b).includes(a.hasync.pfsyncPeer.text) ? 1 : 0;

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
