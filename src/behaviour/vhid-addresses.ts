import { carpKey } from "../cluster/identity.ts";
import type { Address } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Vip } from "../model/virtual-ips.ts";

/**
 * The addresses that a node holds on the VHID of a CARP VIP: that of every CARP VIP with the same interface and VHID,
 * and those of the IP aliases stacked on them. VIPs are set up in the order of the file, so an alias that stands before
 * its CARP VIP finds no VHID to live on (`interfaces.inc`, `interfaces_vips_configure()`; `ip_carp.c`, `carp_attach()`).
 */
export function vhidAddresses(config: Config, vip: Vip): readonly Address[] {
  const key = carpKey(vip);
  const carriers = config.carpVips.filter((other) => carpKey(other) === key);
  const position = (entry: Vip): number => config.vips.indexOf(entry);
  const stacked = carriers.flatMap((carrier) =>
    config.stackedOn(carrier).filter((alias) => position(alias) > position(carrier)),
  );
  return [...carriers, ...stacked].map(({ subnet }) => subnet.value).filter((address) => address !== undefined);
}
