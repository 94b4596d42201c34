import { type Address, contains, formatAddress, linkLocalIpv6, sameAddress } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Field } from "../model/field.ts";
import type { Interface } from "../model/interfaces.ts";
import { copiedAddresses } from "./_clone.ts";
import { families } from "./_interfaces.ts";
import type { Rule } from "./rule.ts";

export const interfaceAddressUnique: Rule = {
  id: "interface-address-unique",
  severity: "error",
  summary: "No interface address is used by both nodes.",
  fix: "none",

  *check(cluster) {
    if (copiedAddresses(cluster) > 0) return;
    const taken = addressesOf(cluster.primary);
    for (const { address, field, entry } of addressesOf(cluster.secondary)) {
      const owner = taken.find((other) => sameAddress(other.address, address));
      if (!owner) continue;
      yield {
        at: field.at,
        message: `${entry.title}: expected an address of its own, found ${formatAddress(address)}, the primary's on ${owner.entry.key}`,
        subject: entry.subject,
        related: [{ at: owner.field.at, message: "the primary's address" }],
        help: "give each node an address of its own; on a CARP interface each drops the other's advertisements as its own",
      };
    }
  },
};

interface OwnAddress {
  readonly address: Address;
  readonly field: Field<unknown>;
  readonly entry: Interface;
}

/** Static addresses of enabled interfaces, without IPv6 link-local ones, which are unique on their link only. */
const addressesOf = (config: Config): readonly OwnAddress[] =>
  config.interfaces
    .filter(({ enabled }) => enabled)
    .flatMap((entry) =>
      families.flatMap((family) => {
        const address = entry.addressOf(family);
        return address && !contains(linkLocalIpv6, address)
          ? [{ address, field: entry.addressField(family), entry }]
          : [];
      }),
    );
