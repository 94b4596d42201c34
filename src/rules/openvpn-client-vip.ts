import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Config } from "../model/config.ts";
import type { OpenVpn } from "../model/openvpn.ts";
import type { Vip } from "../model/virtual-ips.ts";
import { anyOf, bindTo, vipsInstead } from "./_bindings.ts";
import type { Rule } from "./rule.ts";

export const openvpnClientVip: Rule = {
  id: "openvpn-client-vip",
  severity: "error",
  summary: "OpenVPN clients run on the master only.",
  fix: "unsafe",

  notApplicable: (cluster) => (clients(cluster).length === 0 ? "no OpenVPN client on both nodes" : undefined),

  *check(cluster) {
    for (const { here, there } of clients(cluster)) {
      const field = here.interface;
      const vips = candidates(cluster.primary, here);
      if (vips.length === 0) continue;
      yield {
        at: field.at,
        message: `${here.title}: expected ${anyOf(vips)}, found ${field.text === "any" ? "any" : `the interface ${field.text}`}: both nodes connect`,
        subject: here.subject,
        related: [
          ...(there ? [{ at: there.at, message: "the secondary's client" }] : []),
          ...vips.map((vip) => ({ at: vip.subnet.at, message: vip.title })),
        ],
        fix: bindTo(field, vips),
        help: "bind the client to a CARP VIP, so that it runs where the VIP is",
      };
    }
  },
};

const running = ({ openVpns }: Config): readonly OpenVpn[] =>
  openVpns.filter(({ kind, disable }) => kind === "client" && !disable.on);

/** Clients that run on the primary, and on the secondary once sync has written its own; with the latter's as it is. */
function clients(cluster: Cluster): readonly { here: OpenVpn; there: OpenVpn | undefined }[] {
  const twin = (config: Config, { vpnid }: OpenVpn): OpenVpn | undefined =>
    running(config).find((other) => other.vpnid.text === vpnid.text);
  const after = afterSync(cluster).onceThrough;
  return running(cluster.primary)
    .filter((here) => twin(after, here))
    .map((here) => ({ here, there: twin(cluster.secondary, here) }));
}

/** The CARP VIPs of its interface; of `any`, those of every interface with a gateway. */
function candidates(config: Config, { interface: field, families }: OpenVpn): readonly Vip[] {
  if (field.text !== "any") return vipsInstead(config, field.text, families);
  return config.interfaces
    .filter(({ enabled, gateway, gatewayv6 }) => enabled && !(gateway.empty && gatewayv6.empty))
    .flatMap(({ key }) => vipsInstead(config, key, families));
}
