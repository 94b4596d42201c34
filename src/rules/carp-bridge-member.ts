import type { Config } from "../model/config.ts";
import type { Bridge } from "../model/routing.ts";
import { withoutCarpVips } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpBridgeMember: Rule = {
  id: "carp-bridge-member",
  severity: "warning",
  summary: "No CARP VIP sits on a bridge or on a member of one.",
  fix: "none",

  notApplicable: withoutCarpVips,

  *check({ nodes }) {
    for (const { config } of nodes) {
      for (const vip of config.carpVips) {
        const key = vip.interface.text;
        const bridge = config.bridges.find((one) => isOn(config, key, one));
        if (!bridge) continue;
        const what = bridge.members.includes(key)
          ? `a member of ${bridge.device.text}`
          : `the bridge ${bridge.device.text}`;
        yield {
          at: vip.interface.at,
          message: `${vip.title}: expected an interface apart from bridges, found ${key}, ${what}`,
          subject: vip.subject,
          related: [{ at: bridge.tree.section("members").at, message: "the members of the bridge" }],
          help: "move the VIP to an interface that is in no bridge; two nodes that bridge the same networks make a loop",
        };
      }
    }
  },
};

const isOn = (config: Config, key: string, { members, device }: Bridge): boolean =>
  members.includes(key) || (!device.empty && config.interface(key)?.device.text === device.text);
