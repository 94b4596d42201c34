import type { Config } from "../model/config.ts";
import { insert, remove, toNewElement } from "../model/edit.ts";
import type { Vip } from "../model/virtual-ips.ts";
import type { Rule } from "./rule.ts";

export const vipAliasOrder: Rule = {
  id: "vip-alias-order",
  severity: "warning",
  summary: "A CARP VIP stands before the IP aliases stacked on it.",
  fix: "unsafe",

  notApplicable: ({ nodes }) =>
    nodes.some(({ config }) => children(config).length > 0) ? undefined : "no IP alias stacked on a CARP VIP",

  *check({ nodes }) {
    for (const { config } of nodes) {
      for (const { parent, alias } of children(config)) {
        if (config.vips.indexOf(parent) < config.vips.indexOf(alias)) continue;
        yield {
          at: alias.at,
          message: `${alias.title}: expected to stand after its CARP VIP, ${parent.title}, found in front of it`,
          subject: alias.subject,
          related: [{ at: parent.at, message: "its CARP VIP" }],
          fix: {
            title: "move the IP alias behind its CARP VIP",
            safe: false,
            edits: [
              remove(alias.tree),
              insert(config.tree.section("virtualip"), toNewElement(alias.tree), parent.tree),
            ],
          },
        };
      }
    }
  },
};

const children = (config: Config): readonly { parent: Vip; alias: Vip }[] =>
  config.carpVips.flatMap((parent) => config.stackedOn(parent).map((alias) => ({ parent, alias })));
