import type { Cluster } from "../cluster/cluster.ts";
import type { NodeInfo } from "../diagnostic.ts";
import type { Config } from "../model/config.ts";
import type { SyncBox } from "../model/hasync.ts";
import { elementPath } from "../model/path.ts";
import { isSecretName, withoutUserInfo } from "../model/secret.ts";
import type { Tree } from "../model/tree.ts";
import type { Plan, PlannedEntry, PlannedField, PlannedSection, UnsyncedSection } from "../plan.ts";
import { type Difference, differencesBetween } from "./xmlrpc-sync/difference.ts";
import { ownAddress } from "./xmlrpc-sync/gate.ts";
import { boxesOf, keptIn, modeOf, type SectionName, type SyncMode } from "./xmlrpc-sync/sender.ts";
import { afterSync } from "./xmlrpc-sync.ts";

/** What the next XMLRPC sync of a pair would add, change and delete on the secondary. */
export function plan(cluster: Cluster): Plan {
  const { primary, secondary } = cluster;
  const { performed, reason, config, sections } = afterSync(cluster);
  return {
    primary: nodeInfo(primary),
    secondary: nodeInfo(secondary),
    willSync: performed,
    reason,
    doubts: performed ? [...doubts(cluster)] : [],
    sections: plannedSections(cluster, differencesBetween(secondary, config)),
    unsynced: unsyncedSections(cluster, sections),
  };
}

const nodeInfo = (config: Config): NodeInfo => ({
  source: config.source,
  name: config.system.fullName,
  version: config.version.text,
});

/** What the files cannot decide. */
function* doubts({ primary, secondary }: Cluster): Iterable<string> {
  const { target, targetAddress } = primary.hasync;
  if (targetAddress && !ownAddress(secondary, targetAddress)) {
    yield `the target ${target.text} is no address that the secondary's file knows; this is what happens if it leads there`;
  }
}

/** The section that a difference belongs to: below `system`, each list is one, unless a text stands in its place. */
function sectionOf({ path }: Difference): string {
  const [section = "", name] = path.split("/");
  if (section !== "system" || name === undefined) return section;
  return `system/${{ nextuid: "user", nextgid: "group" }[name] ?? name}`;
}

const plainName = (section: string): string => section.replace(/^system\//, "");

function plannedSections(cluster: Cluster, differences: readonly Difference[]): readonly PlannedSection[] {
  return [...grouped(differences)].map(([section, own]) => ({
    section,
    ...travel(section),
    entries: own.map((difference) => plannedEntry(cluster, difference)),
  }));
}

/** `hasync` holds `adminsync` alone of what travels, and a `system` that is a text was to hold what does. */
function travel(section: string): { readonly mode: SyncMode; readonly keeps: string | undefined } {
  if (section === "system") return { mode: "merged", keeps: undefined };
  if (section === "hasync") return { mode: "merged", keeps: "everything but adminsync" };
  const name = plainName(section) as SectionName;
  return { mode: modeOf(name), keeps: keptIn(name) };
}

function grouped(differences: readonly Difference[]): ReadonlyMap<string, readonly Difference[]> {
  const sections = new Map<string, Difference[]>();
  for (const difference of differences) {
    const section = sectionOf(difference);
    const known = sections.get(section);
    if (known) known.push(difference);
    else sections.set(section, [difference]);
  }
  return sections;
}

function plannedEntry(cluster: Cluster, difference: Difference): PlannedEntry {
  const { change, subject, title, before, after, moved, reordered } = difference;
  const was = before[0];
  const will = after[0];
  const place = (tree: Tree): { at: PlannedEntry["at"]; path: string } => ({
    at: tree.at,
    path: pathOf(cluster, tree),
  });
  const here = was ?? will ?? difference.holder;
  return {
    change,
    subject,
    title: reordered ? `order of ${title}` : title,
    ...place(here),
    from: was && will && will.source !== was.source ? place(will) : undefined,
    lost: change === "delete" && difference.isEntry,
    moved: moved || reordered,
    fields: reordered ? [] : fieldsOf(difference),
  };
}

function pathOf({ primary, secondary }: Cluster, tree: Tree): string {
  const document = [primary, secondary].find(({ source }) => source === tree.source)?.document;
  return document ? elementPath(document, tree.open) : "";
}

/** Of an entry that changes, the fields that do; of a setting, its values. */
function fieldsOf({ path, before, after, fields, isEntry }: Difference): readonly PlannedField[] {
  if (isEntry)
    return fields.map((field) => plannedField(`${path}/${field.path}`, field.path, field.before, field.after));
  const value = plannedField(path, "", before, after);
  return value.secret || value.before !== undefined || value.after !== undefined ? [value] : [];
}

function plannedField(whole: string, path: string, before: readonly Tree[], after: readonly Tree[]): PlannedField {
  const secret = isSecretPath(whole) || [...before, ...after].some(holdsUserInfo);
  const shown = !secret && [...before, ...after].every((tree) => tree.isLeaf);
  return { path, before: shown ? joined(before) : undefined, after: shown ? joined(after) : undefined, secret };
}

const holdsUserInfo = ({ isLeaf, text }: Tree): boolean => isLeaf && withoutUserInfo(text) !== text;

const joined = (trees: readonly Tree[]): string | undefined =>
  trees.length === 0 ? undefined : trees.map(({ text }) => text).join(", ");

/** Whether a value lies below a name that is kept out of every output. */
const isSecretPath = (path: string): boolean =>
  path.split("/").some((name) => isSecretName(name.replace(/\[\d+\]$/, "")));

/** Where every pair differs, and nothing follows from it. */
const incidental: readonly string[] = ["version", "revision", "lastchange", "rrd"];

/** Sections that differ between the nodes and do not travel. */
function unsyncedSections(
  { primary, secondary }: Cluster,
  sections: readonly SectionName[],
): readonly UnsyncedSection[] {
  const differences = differencesBetween(secondary, primary).filter(({ reordered }) => !reordered);
  const result: UnsyncedSection[] = [];
  for (const [section, own] of grouped(differences)) {
    const name = plainName(section);
    const first = own[0];
    if (!first || incidental.includes(section) || sections.some((one) => one === name)) continue;
    const boxes = boxesOf(name);
    const there = secondary.tree.path(section);
    result.push({
      section,
      why: whyNot(primary, boxes),
      boxes: boxes.map((box) => `synchronize${box}`),
      differences: own.length,
      at: there.present ? there.open : primary.tree.path(section).at,
    });
  }
  return result;
}

function whyNot({ hasync }: Config, boxes: readonly SyncBox[]): UnsyncedSection["why"] {
  if (boxes.length === 0) return "never";
  return !hasync.target.empty && boxes.some((box) => hasync.box(box).on) ? "nothing-to-send" : "not-selected";
}
