import { type InterfaceFault, interfaceFault } from "../behaviour/vip-interface.ts";
import type { Related } from "../diagnostic.ts";
import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";
import { isMissedOn } from "./_interfaces.ts";
import { misplaced } from "./_twins.ts";
import { boundVips, withoutBoundVips } from "./_vips.ts";
import type { Rule } from "./rule.ts";

export const vipInterfaceUsable: Rule = {
  id: "vip-interface-usable",
  severity: "error",
  summary: "Every VIP sits on an enabled interface that can carry it.",
  fix: "none",

  notApplicable: withoutBoundVips,

  *check(cluster) {
    // The rule carp-vip-match tells where these belong.
    const elsewhere = misplaced(cluster).map(({ secondary }) => secondary.tree);
    for (const node of cluster.nodes) {
      const { config } = node;
      for (const vip of boundVips(config)) {
        // A stacked IP alias shares the fate of its CARP VIP, and is told beside it.
        const fault = vip.isAlias && vip.isStacked ? undefined : interfaceFault(config, vip);
        if (!fault || isMissedOn(cluster, node, fault.name) || elsewhere.includes(vip.tree)) continue;
        yield {
          at: vip.interface.at,
          message: `${vip.title}: expected an enabled interface that can carry it, found ${found(fault)}`,
          subject: vip.subject,
          related: [...interfacePlace(config, fault), ...stackedPlaces(config, vip)],
          help: "enable the interface, or move the VIP to another one or delete it; pfSense skips it without a word",
        };
      }
    }
  },
};

const found = ({ name, fault }: InterfaceFault): string => (name === "" ? "none" : `${name}, which ${fault}`);

function interfacePlace(config: Config, { name }: InterfaceFault): readonly Related[] {
  const entry = config.interface(name);
  if (!entry) return [];
  return [
    entry.enabled
      ? { at: entry.device.at, message: "its device" }
      : { at: entry.at, message: `${name}, without enable` },
  ];
}

const stackedPlaces = (config: Config, vip: Vip): readonly Related[] =>
  config.stackedOn(vip).map((alias) => ({ at: alias.subnet.at, message: `${alias.title}, which goes with it` }));
