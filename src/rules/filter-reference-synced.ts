import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Config } from "../model/config.ts";
import type { Field } from "../model/field.ts";
import type { FilterRule } from "../model/filter.ts";
import type { Tree } from "../model/tree.ts";
import { hasGateway, hasGatewayGroup } from "./_gateways.ts";
import { andMore, rulesStay, sentRules } from "./_sent-rules.ts";
import type { Rule } from "./rule.ts";

/** What a rule may name beside addresses, and the box that it travels with. */
const kinds: readonly {
  readonly noun: string;
  readonly box: string;
  fields(rule: FilterRule): readonly Field<string>[];
  has(config: Config, name: string): boolean;
}[] = [
  {
    noun: "gateway",
    box: "Static routes",
    fields: (rule) => [rule.gateway],
    has: (config, name) => hasGateway(config, name) || hasGatewayGroup(config, name),
  },
  {
    noun: "queue",
    box: "Traffic Shaper",
    fields: (rule) => [rule.queue, rule.ackQueue],
    has: (config, name) => queueNames(config.tree.section("shaper")).includes(name),
  },
  {
    noun: "limiter",
    box: "Traffic Shaper Limiters",
    fields: (rule) => [rule.limiterIn, rule.limiterOut],
    has: (config, name) => queueNames(config.tree.section("dnshaper")).includes(name),
  },
];

export const filterReferenceSynced: Rule = {
  id: "filter-reference-synced",
  severity: "warning",
  summary: "Gateways, queues and limiters that synced rules name reach the secondary.",
  fix: "none",

  notApplicable: rulesStay,

  *check(cluster) {
    const { primary } = cluster;
    const after = afterSync(cluster).onceThrough;
    for (const { noun, box, fields, has } of kinds) {
      const first = new Map<string, { readonly rule: FilterRule; readonly field: Field<string>; others: number }>();
      for (const rule of sentRules(cluster)) {
        for (const field of fields(rule)) {
          const known = first.get(field.text);
          if (!known) first.set(field.text, { rule, field, others: 0 });
          else if (known.rule !== rule) known.others++;
        }
      }
      for (const [name, { rule, field, others }] of first) {
        if (name === "" || !has(primary, name) || has(after, name)) continue;
        yield {
          at: field.at,
          message: `${rule.title}${andMore(others)}: expected ${noun} ${name} on the secondary after a sync, found none`,
          subject: `${noun}/${name}`,
          help: `select ${box} for XMLRPC sync, or add the ${noun} on the secondary`,
        };
      }
    }
  },
};

/** The names of queues and limiters, those inside others as well. */
const queueNames = (tree: Tree): readonly string[] =>
  tree.list("queue").flatMap((queue) => [queue.textOf("name"), ...queueNames(queue)]);
