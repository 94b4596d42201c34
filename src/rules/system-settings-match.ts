import type { Cluster } from "../cluster/cluster.ts";
import type { Tree } from "../model/tree.ts";
import { cronDifferences, localSections, sectionDifferences, tunableDifferences } from "./_settings.ts";
import { shortened } from "./_words.ts";
import type { Problem, Rule } from "./rule.ts";

export const systemSettingsMatch: Rule = {
  id: "system-settings-match",
  severity: "info",
  summary: "Settings that XMLRPC sync never carries agree where failover depends on them.",
  fix: "none",

  *check(cluster) {
    yield* section(cluster, "sysctl", "system tunables", tunableDifferences(cluster));
    yield* section(cluster, "cron", "cron jobs", cronDifferences(cluster));
    for (const { name, title, own } of localSections) {
      yield* section(cluster, name, title, sectionDifferences(cluster, name, own));
    }
    for (const name of texts) yield* field(cluster, name, (tree) => settingOf(tree, name));
    for (const name of flags) yield* field(cluster, name, (tree) => (tree.has(name) ? "on" : "off"));
  },
};

const help = "set it on both nodes; XMLRPC sync never carries it";

function* section(cluster: Cluster, name: string, title: string, differences: readonly string[]): Iterable<Problem> {
  if (differences.length === 0) return;
  const [expected, found] = [cluster.primary.tree.section(name), cluster.secondary.tree.section(name)];
  yield {
    at: found.open,
    message: `${title}: expected as on the primary, found differences in ${shortened(differences)}`,
    subject: name,
    related: [{ at: expected.open, message: "the primary's settings" }],
    help,
  };
}

/** Settings below `system`, and what pfSense does without them. */
const defaults: Readonly<Record<string, string>> = { optimization: "normal", timezone: "Etc/UTC" };
const texts = ["dnsserver", "timezone", "optimization", "maximumstates", "maximumtableentries"];
const flags = ["disablechecksumoffloading", "disablesegmentationoffloading", "disablelargereceiveoffloading"];

const settingOf = (system: Tree, name: string): string =>
  system
    .list(name)
    .map(({ text }) => text)
    .join(" ") ||
  (defaults[name] ?? "");

function* field(cluster: Cluster, name: string, read: (system: Tree) => string): Iterable<Problem> {
  const [here, there] = [cluster.primary.system.tree, cluster.secondary.system.tree];
  const [expected, found] = [read(here), read(there)];
  if (expected === found) return;
  yield {
    at: there.section(name).at,
    message: `<${name}>: expected ${expected || "none"} as on the primary, found ${found || "none"}`,
    subject: `system/${name}`,
    related: [{ at: here.section(name).at, message: "the primary's setting" }],
    help,
  };
}
