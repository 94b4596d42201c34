import { setText } from "../model/edit.ts";
import { syncedSecondary } from "./_dhcp.ts";
import type { Rule } from "./rule.ts";

const relays = [
  { name: "dhcpRelay", family: 4, title: "DHCP relay", subject: "dhcrelay" },
  { name: "dhcpRelay6", family: 6, title: "DHCPv6 relay", subject: "dhcrelay6" },
] as const;

export const dhcpRelayVip: Rule = {
  id: "dhcp-relay-vip",
  severity: "warning",
  summary: "DHCP relay runs on the master only.",
  fix: "unsafe",

  notApplicable: ({ primary }) =>
    relays.some(({ name }) => primary[name].enable.on) ? undefined : "no DHCP relay on the primary",

  *check(cluster) {
    const { primary } = cluster;
    const secondary = syncedSecondary(cluster);
    for (const { name, family, title, subject } of relays) {
      const { enable, interfaces, statusVip } = primary[name];
      if (!enable.on || !secondary[name].enable.on) continue;
      if (!statusVip.empty && statusVip.text !== "none") continue;
      const vips = interfaces.flatMap((key) => primary.carpVipsOn(key, family));
      const [vip, ...others] = vips;
      if (!vip) continue;
      const only = others.length === 0 && !vip.uniqid.empty ? vip.reference : undefined;
      yield {
        at: statusVip.at,
        message: `${title}: expected a CARP VIP whose master relays, found ${statusVip.text || "none"}, so that both nodes relay`,
        subject,
        related: vips.map((one) => ({ at: one.at, message: one.title })),
        fix:
          only === undefined
            ? undefined
            : { title: `relay while master of ${vip.title}`, safe: false, edits: [setText(statusVip, only)] },
        help: "choose the CARP VIP of one of the interfaces as CARP Status VIP",
      };
    }
  },
};
