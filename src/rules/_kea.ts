import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Pair } from "../cluster/match.ts";
import type { NodeRole } from "../diagnostic.ts";
import type { Address } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import { setText } from "../model/edit.ts";
import type { Field } from "../model/field.ts";
import type { KeaHa, KeaService } from "../model/kea.ts";
import type { DraftFix } from "./rule.ts";

/** The two services, with what else differs between them. */
export const keaServices = [
  { service: "kea", title: "Kea HA" },
  { service: "kea6", title: "Kea HA of DHCPv6" },
] as const;

/** High availability of one service on both nodes. */
export interface KeaPair extends Pair<KeaHa> {
  readonly service: KeaService;
  readonly title: string;
}

/** The services whose high availability is switched on on both nodes. */
export const keaPairs = ({ primary, secondary }: Cluster): readonly KeaPair[] =>
  keaServices
    .map(({ service, title }) => ({
      service,
      title,
      primary: primary.keaHa(service),
      secondary: secondary.keaHa(service),
    }))
    .filter((pair) => pair.primary.enable.on && pair.secondary.enable.on);

/** Why a question about Kea does not arise. */
export const withoutKea = ({ nodes }: Cluster): string | undefined =>
  nodes.every(({ config }) => config.usesKea) ? undefined : "Kea does not serve DHCP on both nodes";

/** Why a question about two Kea servers that know each other does not arise. */
export const withoutKeaPair = (cluster: Cluster): string | undefined =>
  withoutKea(cluster) ?? (keaPairs(cluster).length === 0 ? "Kea HA is not on on both nodes" : undefined);

type KeaField = "role" | "localname" | "localip" | "localport" | "remotename" | "remoteip" | "remoteport";

/** What sync itself would do about a field; undefined on the primary, and if that is nothing or does not help. */
export function asKeaSyncWrites(
  cluster: Cluster,
  { service, secondary }: KeaPair,
  role: NodeRole,
  name: KeaField,
  helps: (synced: string) => boolean,
): DraftFix | undefined {
  const synced = afterSync(cluster).onceThrough.keaHa(service).tree.textOf(name);
  if (role === "primary" || synced === secondary.tree.textOf(name) || !helps(synced)) return undefined;
  return {
    title: `write the ${name} that XMLRPC sync would, ${synced || "none"}`,
    safe: true,
    edits: [setText(secondary.textField(name), synced)],
  };
}

/** Whether an address is not the node's own. Unknown, and so not said, while an interface is told its address. */
export function isForeign(config: Config, address: Address): boolean {
  if (config.interfaceWith(address)) return false;
  if (config.vipWith(address)) return true;
  return !config.interfaces.some((port) => port.enabled && port.isDynamic(address.family));
}

/** The other node's part, and its role in words. */
export const counterpart = (pair: KeaPair, role: NodeRole): { readonly other: NodeRole; readonly theirs: KeaHa } =>
  role === "primary" ? { other: "secondary", theirs: pair.secondary } : { other: "primary", theirs: pair.primary };

/** The certificates that a server uses and a node does not have. The rule kea-ha-tls speaks of them. */
export function missingCertificates(ha: KeaHa, config: Config): readonly Field<string>[] {
  if (!ha.tls.on) return [];
  const used = ha.mutualTls.on ? [ha.serverCertificate, ha.clientCertificate] : [ha.serverCertificate];
  return used.filter((field) => !field.empty && !config.hasCertificate(field.text));
}
