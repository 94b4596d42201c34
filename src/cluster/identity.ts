import { formatAddress } from "../model/address.ts";
import type { Vip } from "../model/virtual-ips.ts";

/** pfSense tells CARP VIPs apart by interface and VHID (`xmlrpc.php`, `restore_config_section()`). */
export const carpKey = (vip: Vip): string => `${vip.interface.text}/${vip.vhid.value}`;

/** Stacked IP aliases are told apart by their address. */
export const stackedKey = (vip: Vip): string => (vip.subnet.value ? formatAddress(vip.subnet.value) : vip.subnet.text);
