import type { Address } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Interface } from "../model/interfaces.ts";
import type { Span } from "../source.ts";

/** A node's address on its sync interface, and the place where it stands. */
export interface SyncAddress {
  readonly address: Address;
  readonly at: Span;
  readonly interface: Interface;
}

/** The static address of a node's sync interface; IPv4 if it has both. */
export function syncAddressOf({ syncInterface }: Config): SyncAddress | undefined {
  for (const family of [4, 6] as const) {
    const address = syncInterface?.addressOf(family);
    if (syncInterface && address)
      return { address, at: syncInterface.addressField(family).at, interface: syncInterface };
  }
  return undefined;
}

/** Whether a node answers at an address whatever the state of its VIPs: on an interface, or by an IP alias on one. */
export const isAt = (config: Config, address: Address): boolean =>
  config.interfaceWith(address) !== undefined ||
  config
    .vipsWith(address)
    .some((vip) => vip.isAlias && !vip.isStacked && config.interface(vip.interface.text)?.enabled);
