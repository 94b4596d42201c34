import type { Pair } from "../cluster/match.ts";
import { fieldDifferences } from "../model/compare.ts";
import type { Config } from "../model/config.ts";
import type { Tree } from "../model/tree.ts";
import { carpTunables } from "../model/tunable.ts";

/** Sections that XMLRPC sync never carries, and what in them belongs to a node: addresses to bind to, people to tell. */
export const localSections: readonly { readonly name: string; readonly title: string; readonly own: RegExp }[] = [
  { name: "syslog", title: "logging", own: /^(?:sourceip|ipproto)$/ },
  { name: "snmpd", title: "SNMP", own: /^(?:bindip|syslocation|syscontact)$/ },
  { name: "ntpd", title: "NTP server", own: /^interface$/ },
  { name: "notifications", title: "notifications", own: /^smtp\/(?:fromaddress|notifyemailaddress)$/ },
];

/** Switches that are on when present, so that an empty element is not the same as none. */
const switches =
  /(?:^|\/)(?:enable|disable|trapenable|logall|filter|dhcp|portalauth|vpn|dpinger|system|resolver|disablelocallogging|nolog\w+)$/;

/** Names of the settings in which a section differs, without those that belong to a node. */
export function sectionDifferences(nodes: Pair<Config>, name: string, own: RegExp): readonly string[] {
  const [here, there] = [nodes.primary.tree.section(name), nodes.secondary.tree.section(name)];
  const isList = (tag: string): boolean => nodes.primary.dialect.isList(tag);
  return [...fieldDifferences(here, there, "", isList)]
    .filter(
      ({ path, before, after }) => !own.test(path) && (switches.test(path) || !(isEmpty(before) && isEmpty(after))),
    )
    .map(({ path }) => path || name);
}

const isEmpty = (trees: readonly Tree[]): boolean => trees.every((tree) => tree.isLeaf && tree.text === "");

/** pfSense sets these two again, whatever the tunables say (`interfaces.inc`, `interfaces_sync_setup()`). */
const forced = ["net.inet.carp.preempt", "net.inet.carp.log"];

/** Names of the system tunables that differ; those of CARP have a rule of their own. */
export function tunableDifferences({ primary, secondary }: Pair<Config>): readonly string[] {
  const names = new Set([...primary.tunables, ...secondary.tunables].map(({ name }) => name.text));
  const value = (config: Config, name: string): string => config.tunable(name) || "default";
  return [...names].filter(
    (name) => !carpTunables.has(name) && !forced.includes(name) && value(primary, name) !== value(secondary, name),
  );
}

/** Programs whose cron jobs differ. A command is not shown: it may hold a secret. */
export function cronDifferences({ primary, secondary }: Pair<Config>): readonly string[] {
  const [here, there] = [jobsOf(primary), jobsOf(secondary)];
  const commands = [...new Set([...here.keys(), ...there.keys()])].filter(
    (command) => here.get(command) !== there.get(command),
  );
  return [...new Set(commands.map(programOf))];
}

function jobsOf({ tree }: Config): ReadonlyMap<string, string> {
  const jobs = new Map<string, string>();
  for (const item of tree.path("cron").list("item")) {
    const command = item.textOf("command");
    const when = ["minute", "hour", "mday", "month", "wday", "who"].map((name) => item.textOf(name)).join(" ");
    jobs.set(command, [jobs.get(command) ?? "", when].sort().join("\n"));
  }
  return jobs;
}

const programOf = (command: string): string =>
  command
    .split(/\s+/)
    .findLast((word) => /^\/(?:usr|etc|s?bin|root)\/[\w./-]+$/.test(word))
    ?.replace(/^.*\//, "") ?? "another command";
