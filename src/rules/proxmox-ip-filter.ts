import { type Address, formatAddress } from "../model/address.ts";
import { type IpSet, ipSetHolds, optionOn } from "../model/proxmox/firewall.ts";
import { firewallInForce, type Wire, wires, withoutGuests } from "./_proxmox.ts";
import type { Rule } from "./rule.ts";

export const proxmoxIpFilter: Rule = {
  id: "proxmox-ip-filter",
  severity: "error",
  summary: "The hypervisor's IP filter knows the VIPs.",
  fix: "none",

  notApplicable: withoutGuests,

  *check(cluster) {
    for (const wire of wires(cluster)) {
      const { firewall } = wire.node;
      if (!firewall || !firewallInForce(cluster, wire)) continue;
      const set = firewall.ipSets.find(({ name }) => name === `ipfilter-${wire.nic.name}`);
      if (set?.unknown || (!set && !optionOn(firewall, "ipfilter", false))) continue;
      const missing = addressesOf(wire).filter((address) => !holds(set, address));
      if (missing.length === 0) continue;
      yield {
        at: set?.at ?? firewall.options.get("ipfilter")?.at ?? firewall.at,
        message: `${wire.title}: expected an IP filter with ${missing.map(formatAddress).join(", ")}, found ${set ? "one without" : "only the one that Proxmox makes by itself, without"}`,
        subject: wire.subject,
        related: [{ at: wire.nic.at, message: "the network card" }],
        help: `list the node's addresses and VIPs under [IPSET ipfilter-${wire.nic.name}], or take the filter away`,
      };
    }
  },
};

const holds = (set: IpSet | undefined, address: Address): boolean => set !== undefined && ipSetHolds(set, address);

/** Interface addresses and VIPs that the machine sends from on this card. */
function addressesOf({ node, interfaces }: Wire): readonly Address[] {
  const keys = interfaces.map(({ key }) => key);
  const own = interfaces.flatMap((entry) => [entry.addressOf(4), entry.addressOf(6)]);
  const vips = node.config.vips.filter(
    (vip) => keys.includes(node.config.interfaceOf(vip)) && (vip.isCarp || vip.isAlias),
  );
  return [...own, ...vips.map((vip) => vip.subnet.value)].filter((address) => address !== undefined);
}
