import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";

/** What is wrong with the place where a VIP should live: a name, and what keeps it from holding the VIP. */
export interface InterfaceFault {
  readonly name: string;
  /** Completes "… which": `is not enabled`. */
  readonly fault: string;
}

/** Beginnings of device names that hold no CARP VIP (`interfaces.inc`, `is_pseudo_interface()`). */
const pseudoDevices = /^(?:ovpn|ipsec|l2tp|pptp|gif|gre|ppp)/;

/**
 * Why pfSense leaves out a CARP VIP or an IP alias without a word, or the kernel refuses it (`interfaces.inc`,
 * `interface_carp_configure()`, `interface_ipalias_configure()`); undefined if it does not. A stacked IP alias shares
 * its parent's fate; if it has no parent, that is another matter.
 */
export function interfaceFault(config: Config, vip: Vip): InterfaceFault | undefined {
  if (vip.isCarp && vip.isStacked) return { name: vip.interface.text, fault: "is another VIP" };
  const carp = vip.isStacked ? config.vip(vip.parentId ?? "") : vip;
  if (!carp) return undefined;
  const name = carp.interface.text;
  if (name === "lo0") return carp.isCarp ? { name, fault: "holds no CARP VIP" } : undefined;
  const found = config.interface(name);
  if (!found) return { name, fault: "does not exist" };
  if (!found.enabled) return { name, fault: "is not enabled" };
  if (!carp.isCarp || !isPseudo(config, found.device.text)) return undefined;
  return { name, fault: `is on ${found.device.text}, a device that holds no CARP VIP` };
}

/** OpenVPN in tap mode is an Ethernet device, and fit for CARP. */
function isPseudo(config: Config, device: string): boolean {
  if (!pseudoDevices.test(device)) return false;
  const tunnel = config.openVpns.find((openVpn) => openVpn.device === device);
  return tunnel?.deviceMode.text !== "tap";
}
