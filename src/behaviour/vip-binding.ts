import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";

/**
 * The VIPs that a service binds to by a name: `_vip<uniqid>`, or those that the members of a gateway group name in
 * their third field (`gwlb.inc`, `return_gateway_groups_array()`). None for an interface.
 */
export function vipsBehind(config: Config, name: string): readonly Vip[] {
  const references = name.startsWith("_vip")
    ? [name]
    : (config.gatewayGroups.find((group) => group.name.text === name)?.items.map(({ vip }) => vip) ?? []);
  return references
    .map((reference) => (reference.startsWith("_vip") ? config.vip(reference.slice(4)) : undefined))
    .filter((vip) => vip !== undefined);
}
