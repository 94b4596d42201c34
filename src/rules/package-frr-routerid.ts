import type { Rule } from "./rule.ts";

export const packageFrrRouterid: Rule = {
  id: "package-frr-routerid",
  severity: "warning",
  summary: "FRR follows CARP, or has a router id of its own on each node.",
  fix: "none",

  notApplicable: ({ nodes }) =>
    nodes.every(({ config }) => config.frr.isEnabled) ? undefined : "FRR is not enabled on both nodes",

  *check({ primary: { frr: ours }, secondary: { frr: theirs } }) {
    const running = [ours, theirs].find(({ followsCarp }) => !followsCarp);
    if (!running || ours.routerId.empty || ours.routerId.text !== theirs.routerId.text) return;
    yield {
      at: theirs.routerId.at,
      message: `FRR: expected a router id of its own on each node, as it runs on both, found ${theirs.routerId.text} on both`,
      subject: "installedpackages/frr",
      related: [
        { at: ours.routerId.at, message: "the primary's router id" },
        { at: running.statusVip.at, message: "no CARP VIP that FRR follows here" },
      ],
      help: "give the secondary another router id, or let FRR follow a CARP VIP on both nodes",
    };
  },
};
