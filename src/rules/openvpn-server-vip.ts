import { anyOf, bindTo, vipsInstead } from "./_bindings.ts";
import type { Rule } from "./rule.ts";

export const openvpnServerVip: Rule = {
  id: "openvpn-server-vip",
  severity: "warning",
  summary: "OpenVPN servers are bound to a CARP VIP.",
  fix: "unsafe",

  notApplicable: ({ primary }) =>
    primary.openVpns.some(({ kind, disable }) => kind === "server" && !disable.on) ? undefined : "no OpenVPN server",

  *check({ primary }) {
    for (const server of primary.openVpns) {
      if (server.kind !== "server" || server.disable.on) continue;
      const field = server.interface;
      const vips = vipsInstead(primary, field.text, server.families);
      if (vips.length === 0) continue;
      yield {
        at: field.at,
        message: `${server.title}: expected ${anyOf(vips)}, found the interface ${field.text}`,
        subject: server.subject,
        related: vips.map((vip) => ({ at: vip.subnet.at, message: vip.title })),
        fix: bindTo(field, vips),
        help: "bind the server to the VIP that clients connect to; on the interface it stays with each node",
      };
    }
  },
};
