import type { Pair } from "../cluster/match.ts";
import { setText } from "../model/edit.ts";
import type { Field } from "../model/field.ts";
import type { Interface } from "../model/interfaces.ts";
import { carriesCarp, type Family, families, sharedInterfaces } from "./_interfaces.ts";
import { withoutCarpVips } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const interfaceGatewayMatch: Rule = {
  id: "interface-gateway-match",
  severity: "warning",
  summary: "An interface with a CARP VIP has an upstream gateway on both nodes or on neither.",
  fix: "unsafe",

  notApplicable: withoutCarpVips,

  *check(cluster) {
    for (const pair of sharedInterfaces(cluster)) {
      const { primary, secondary } = pair;
      for (const family of families) {
        const [expected, found] = [gatewayOf(primary, family), gatewayOf(secondary, family)];
        if (!isStatic(pair, family) || !carriesCarp(cluster, primary.key, family)) continue;
        if (isSet(expected) === isSet(found)) continue;
        const name = isSet(expected) ? expected.text : "";
        const known = name === "" || cluster.secondary.gateways.some((gateway) => gateway.name.text === name);
        yield {
          at: found.at,
          message: `${secondary.title}: expected ${name ? `the IPv${family} upstream gateway ${name}` : `no IPv${family} upstream gateway`} as on the primary, found ${isSet(found) ? found.text : "none"}`,
          subject: `${secondary.subject}/${found.name}`,
          related: [
            {
              at: expected.at,
              message: isSet(expected) ? "the primary's gateway" : "the primary's interface, without one",
            },
          ],
          fix: known ? { title: "set it as on the primary", safe: false, edits: [setText(found, name)] } : undefined,
          help: "give the interface the same upstream gateway on both nodes, or none on either",
        };
      }
    }
  },
};

const gatewayOf = ({ gateway, gatewayv6 }: Interface, family: Family): Field<string> =>
  family === 4 ? gateway : gatewayv6;

const isSet = (gateway: Field<string>): boolean => !gateway.empty && gateway.text !== "none";

const isStatic = ({ primary, secondary }: Pair<Interface>, family: Family): boolean =>
  primary.addressOf(family) !== undefined && secondary.addressOf(family) !== undefined;
