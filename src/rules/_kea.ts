import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Pair } from "../cluster/match.ts";
import { setText } from "../model/edit.ts";
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

/** What XMLRPC sync would write in a field of the secondary, the primary's settings turned round. */
export const syncedKeaText = (cluster: Cluster, service: KeaService, name: KeaField): string =>
  afterSync(cluster).onceThrough.keaHa(service).tree.textOf(name);

/** What sync itself would do about a field of the secondary; undefined if that is nothing. */
export function asKeaSyncWrites(
  cluster: Cluster,
  { service, secondary }: KeaPair,
  name: KeaField,
): DraftFix | undefined {
  const synced = syncedKeaText(cluster, service, name);
  if (synced === "" || synced === secondary.tree.textOf(name)) return undefined;
  return {
    title: `write the ${name} that XMLRPC sync would, ${synced}`,
    safe: true,
    edits: [setText(secondary.textField(name), synced)],
  };
}
