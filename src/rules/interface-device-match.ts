import { isSyncInterface, sharedInterfaces } from "./_interfaces.ts";
import { pfsyncNotOnBoth } from "./_pfsync.ts";
import type { Rule } from "./rule.ts";

export const interfaceDeviceMatch: Rule = {
  id: "interface-device-match",
  severity: "error",
  summary: "Interface-bound states find the same device name on the other node.",
  fix: "none",

  notApplicable: (cluster) =>
    pfsyncNotOnBoth(cluster) ??
    (cluster.nodes.every(({ config }) => config.statePolicy === "floating") ? "states float on both nodes" : undefined),

  *check(cluster) {
    for (const { primary, secondary } of sharedInterfaces(cluster)) {
      const [expected, found] = [primary.device, secondary.device];
      if (expected.text === found.text || isSyncInterface(cluster, primary.key)) continue;
      yield {
        at: found.at,
        message: `${secondary.title}: expected the device ${expected.text} as on the primary, found ${found.text}`,
        subject: secondary.subject,
        related: [{ at: expected.at, message: "the primary's device" }],
        help: "use the same device names on both nodes, such as a LAGG of one port, or let states float on both",
      };
    }
  },
};
