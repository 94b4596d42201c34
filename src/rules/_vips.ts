import type { Cluster } from "../cluster/cluster.ts";
import type { Pair } from "../cluster/match.ts";
import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";

/** VIPs that pfSense sets up on an interface, and that have a uniqid. */
export const boundVips = (config: Config): readonly Vip[] => config.vips.filter((vip) => vip.isCarp || vip.isAlias);

/** Why a question about such VIPs does not arise. */
export const withoutBoundVips = ({ nodes }: Cluster): string | undefined =>
  nodes.some(({ config }) => boundVips(config).length > 0) ? undefined : "no CARP VIP and no IP alias";

/** Twins, and the IP aliases of one address that are stacked on them. */
export const sameVips = (cluster: Cluster): readonly Pair<Vip>[] =>
  cluster.carpVips.pairs.flatMap((twins) => [twins, ...cluster.stackedAliases(twins).pairs]);

/** VIPs that both nodes have and call by different uniqids. The rule vip-uniqid-match speaks of them. */
export const misnamed = (cluster: Cluster): readonly Pair<Vip>[] =>
  sameVips(cluster).filter(
    ({ primary, secondary }) => !primary.uniqid.empty && primary.uniqid.text !== secondary.uniqid.text,
  );
