import { type Difference, type FieldDifference, syncDrift } from "../behaviour/sync-drift.ts";
import { type SectionName, selectedSections } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { entryTitle } from "../cluster/entries.ts";
import { type DraftEdit, insert, insertBefore, remove, toNewElement } from "../model/edit.ts";
import { patch, patchList } from "../model/patch.ts";
import { isSecretName, Secret } from "../model/secret.ts";
import type { Tree } from "../model/tree.ts";
import type { Span } from "../source.ts";
import { holdsDangling, isDangling } from "./_dangling.ts";
import type { DraftFix, Problem } from "./rule.ts";

/** Why nothing can be said about what sync would write: it stops, which version-match reports, or does not carry it. */
export const notCarried =
  (what: string, ...names: readonly SectionName[]) =>
  ({ primary, secondary }: Cluster): string | undefined => {
    if (!primary.sharesVersionWith(secondary)) return "the config versions differ";
    const selected = selectedSections(primary);
    return names.some((name) => selected.includes(name)) ? undefined : `XMLRPC sync does not carry ${what}`;
  };

/** The sections as paths: accounts and authentication servers lie below `system`. */
const belowSystem: readonly SectionName[] = ["user", "group", "authserver"];
const pathOf = (name: SectionName): string => (belowSystem.includes(name) ? `system/${name}` : name);

/** What the secondary has otherwise than sync would write it, in some sections; what order does not mean is left out. */
export const driftIn = (cluster: Cluster, ...names: readonly SectionName[]): readonly Difference[] =>
  syncDrift(cluster).filter(
    ({ path, reordered }) =>
      !reordered && names.map(pathOf).some((section) => path === section || path.startsWith(`${section}/`)),
  );

/** What a Kea server's partner has to know. */
const mirrored = /\/ha\/(?:role|remotename|localip|remoteip|localport|remoteport)$/;

/** What a Kea server keeps to itself: a sync may drop an empty element, and writes nothing of the primary's. */
const local = /\/ha\/(?:localname|tls|scertref|mutualtls|ccertref)$/;

/** The same for a Kea server; what its partner has to know is left to the kea- rules, which ask where both are on. */
export function keaDrift(cluster: Cluster, service: "kea" | "kea6"): readonly Difference[] {
  const both = cluster.nodes.every(({ config }) => config.tree.path(`${service}/ha`).has("enable"));
  return driftIn(cluster, service).filter(({ path }) => !local.test(path) && !(both && mirrored.test(path)));
}

/**
 * What is missing or differs on the secondary. Entries that only the secondary has are left out: sync-entry-lost and
 * sync-vip-lost report them; so are references that find nothing, be it here or on the primary.
 * @param counts whether a field of an entry, or a setting by its last name, counts; all do by default
 */
export function* outdated(
  cluster: Cluster,
  differences: readonly Difference[],
  counts: (field: string, difference: Difference) => boolean = () => true,
): Iterable<Problem> {
  for (const difference of differences) {
    const { change, isEntry, moved } = difference;
    if (change === "delete" && isEntry) continue;
    const fields = difference.fields.filter(
      (field) => counts(field.path, difference) && !isMasked(field) && !isReference(cluster, field),
    );
    if (change === "change" && isEntry && !moved && fields.length === 0) continue;
    if (!isEntry && (!counts(lastName(difference.path), difference) || isMasked(difference))) continue;
    if (!isEntry && isReference(cluster, difference)) continue;
    yield problem(cluster, { ...difference, fields });
  }
}

/** Whether a value that differs is a reference that another rule speaks of, as it finds nothing. */
const isReference = (cluster: Cluster, { before, after }: Pick<FieldDifference, "before" | "after">): boolean =>
  [...before, ...after].some((tree) => isDangling(cluster, tree));

const lastName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

function problem(cluster: Cluster, difference: Difference): Problem {
  const { before, after, fields, holder, subject, isEntry, moved } = difference;
  const single = fields.length === 1 && !moved ? fields[0] : undefined;
  const own = single?.before[0];
  const was = before[0];
  const will = single?.after[0] ?? after[0];
  const broken = after.some((tree) => holdsDangling(cluster, tree));
  return {
    at: own?.at ?? (isEntry ? was?.open : was?.at) ?? holder.open,
    message: message(difference),
    subject,
    related: will && will.source !== holder.source ? [{ at: will.at, message: "on the primary" }] : [],
    fix: broken ? undefined : writeAsSync(difference),
    help: broken
      ? "put right what it refers to on the primary, then let the next sync write it"
      : "save any page of the primary's GUI so that it synchronises, and see in its system log whether it does",
  };
}

function message({ title, change, isEntry, before, after, fields, moved, place, path }: Difference): string {
  if (isEntry && change === "add") return `${title}: expected on both nodes, found on the primary only`;
  if (!isEntry) return `${title}: ${contrast(path, "value", before, after)}`;
  const [field, ...more] = fields;
  if (moved && !field) return `${title}: expected ${placeTitle(path, place)} as on the primary, found elsewhere`;
  if (field && more.length === 0) {
    return `${title}: ${contrast(`${path}/${field.path}`, field.path, field.before, field.after)}`;
  }
  return `${title}: expected what XMLRPC sync writes, found ${fields.map((one) => one.path).join(", ")} otherwise`;
}

/** What a value is expected to be, and is; secret and long ones are not quoted. */
function contrast(path: string, name: string, was: readonly Tree[], will: readonly Tree[]): string {
  const of = name === "value" ? "" : `${name} `;
  if (isSecret(path) || ![...was, ...will].every(isShown)) {
    const found = was.length === 0 ? "none" : will.length === 0 ? "one" : "a different one";
    return `expected ${will.length === 0 ? `no ${name}` : `the ${name} that XMLRPC sync writes`}, found ${found}`;
  }
  return `expected ${of}${shown(will, was)}, found ${shown(was, will)}`;
}

function placeTitle(path: string, { behind, ahead }: Difference["place"]): string {
  if (behind) return `behind ${entryTitle(path, behind)}`;
  return ahead ? `in front of ${entryTitle(path, ahead)}` : "in its place";
}

const isSecret = (path: string): boolean => path.split("/").some((name) => isSecretName(name.replace(/\[\d+\]$/, "")));

const isShown = (tree: Tree): boolean => tree.isLeaf && tree.text.length <= 60 && !/[\r\n]/.test(tree.text);

/** The value of a setting, or the values of a list. */
function shown(trees: readonly Tree[], others: readonly Tree[]): string {
  if (trees.length === 0) return "none";
  if (trees.length > 1 || trees[0]?.text !== "") return trees.map(({ text }) => text).join(", ");
  return others.length === 0 ? "an empty element" : "empty";
}

/** Whether a secret was replaced in one of the files, as redaction tools do: then nothing can be said of it. */
const isMasked = ({ before, after }: Pick<FieldDifference, "before" | "after">): boolean =>
  [...before, ...after].some(holdsMask);

const holdsMask = (tree: Tree): boolean =>
  tree.isLeaf ? isSecretName(tree.name) && new Secret(tree.text).masked : tree.children.some(holdsMask);

/** What sync itself would do; nobody can do it where the primary's secrets are masked. */
export function writeAsSync(difference: Difference): DraftFix | undefined {
  if (difference.after.some(holdsMask)) return undefined;
  return { title: "write what XMLRPC sync would", safe: true, edits: editsFor(difference) };
}

/** The same for an element that refers to nothing; none where sync does not replace it, or by no better one. */
export function referAsSync(cluster: Cluster, { source, start }: Span): DraftFix | undefined {
  const isIt = ({ at }: Tree): boolean => at.source === source && at.start === start;
  if (!cluster.primary.sharesVersionWith(cluster.secondary)) return undefined;
  const difference = syncDrift(cluster).find(({ before, fields }) =>
    [before, ...fields.map((field) => field.before)].some((trees) => trees.some(isIt)),
  );
  if (!difference || difference.after.some((tree) => holdsDangling(cluster, tree))) return undefined;
  return writeAsSync(difference);
}

function editsFor({ change, before, after, holder, moved, place, isEntry }: Difference): readonly DraftEdit[] {
  const [was] = before;
  const [will] = after;
  if (moved && was && will) return [remove(was), insertAt(holder, will, place)];
  if (isEntry && change === "add" && will) return [insertAt(holder, will, place)];
  return was && will && isEntry ? patch(was, will) : patchList(holder, before, after);
}

function insertAt(holder: Tree, tree: Tree, { behind, ahead }: Difference["place"]): DraftEdit {
  const element = toNewElement(tree);
  return behind ? insert(holder, element, behind) : ahead ? insertBefore(ahead, element) : insert(holder, element);
}
