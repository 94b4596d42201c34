import { syncsVips } from "./_twins.ts";
import type { Rule } from "./rule.ts";

export const carpVipPresent: Rule = {
  id: "carp-vip-present",
  severity: "error",
  summary: "The primary has at least one CARP VIP.",
  fix: "none",

  *check({ primary, secondary }) {
    if (primary.carpVips.length > 0) return;
    const fate = syncsVips(primary) ? ", which the next XMLRPC sync removes" : "";
    yield {
      at: primary.tree.section("virtualip").open,
      message: "virtual IPs: expected at least one of mode carp on the primary, found none",
      subject: "virtualip",
      related: secondary.carpVips.map((vip) => ({ at: vip.at, message: `the secondary's ${vip.title}${fate}` })),
      help: "add a CARP VIP for each network whose gateway must survive the loss of a node",
    };
  },
};
