import { filterOf } from "../behaviour/packet-filter/index.ts";
import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { insert, setText, toNewElement } from "../model/edit.ts";
import type { FilterRule, InterfaceGroup } from "../model/filter.ts";
import { rulesStay, sentRules } from "./_sent-rules.ts";
import type { Problem, Rule } from "./rule.ts";

export const filterInterfaceSynced: Rule = {
  id: "filter-interface-synced",
  severity: "error",
  summary: "Interfaces and groups that synced rules name are the same on the secondary.",
  fix: "unsafe",

  notApplicable: rulesStay,

  *check(cluster) {
    const told = new Set<string>();
    const seen = new Set<string>();
    for (const rule of sentRules(cluster)) {
      const text = rule.tree.textOf("interface");
      if (seen.has(text)) continue;
      seen.add(text);
      for (const name of rule.interfaces) {
        if (told.has(name) || cluster.primary.interface(name)) continue;
        told.add(name);
        const group = groupOf(cluster.primary, name);
        if (group) yield* groupProblems(cluster, rule, group);
        else yield* pseudoProblems(cluster, rule, name);
      }
    }
  },
};

const groupOf = (config: Cluster["primary"], name: string): InterfaceGroup | undefined =>
  config.interfaceGroups.find((group) => group.name.text === name);

/** Groups never travel. */
function* groupProblems({ secondary }: Cluster, rule: FilterRule, group: InterfaceGroup): Iterable<Problem> {
  const { name, members } = group;
  const found = groupOf(secondary, name.text);
  const common = { at: rule.interface.at, subject: group.subject };
  const primary = { at: group.at, message: `the primary's group: ${members.join(", ")}` };
  if (!found) {
    yield {
      ...common,
      message: `${rule.title}: expected interface group ${name.text} on the secondary, found none, so the rule is left out there`,
      related: [primary],
      fix: {
        title: `add the primary's group ${name.text} to the secondary`,
        safe: false,
        edits: [insert(secondary.tree.section("ifgroups"), toNewElement(group.tree))],
      },
    };
  } else if (!sameMembers(members, found.members)) {
    yield {
      ...common,
      message: `${rule.title}: expected interface group ${name.text} to hold ${members.join(", ")} on the secondary, found ${found.members.join(", ") || "nothing"}`,
      related: [primary, { at: found.at, message: "the secondary's group" }],
      fix: {
        title: `give the secondary's group the primary's members, ${members.join(", ")}`,
        safe: false,
        edits: [setText(found.textField("members"), members.join(" "))],
      },
    };
  }
}

const sameMembers = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join(" ") === [...b].sort().join(" ");

/** Tabs such as OpenVPN exist only where the service is set up. */
function* pseudoProblems(cluster: Cluster, rule: FilterRule, name: string): Iterable<Problem> {
  const after = afterSync(cluster).onceThrough;
  if (!filterOf(cluster.primary).knowsInterface(name) || filterOf(after).knowsInterface(name)) return;
  yield {
    at: rule.interface.at,
    message: `${rule.title}: expected ${name} in use on the secondary after a sync, found it unused, so the rule is left out there`,
    subject: `interface/${name}`,
    related: [{ at: after.tree.section("interfaces").at, message: `no interface of the secondary is ${name}` }],
    help: `select the service behind ${name} for XMLRPC sync, or set it up on the secondary`,
  };
}
