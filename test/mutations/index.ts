import type { Fault } from "../support/faults.ts";
import { filterFaults } from "./filter.ts";
import { gatewaysFaults } from "./gateways.ts";
import { interfacesFaults } from "./interfaces.ts";
import { natFaults } from "./nat.ts";
import { pfsyncFaults } from "./pfsync.ts";
import { proxmoxFaults } from "./proxmox.ts";
import { servicesFaults } from "./services.ts";
import { syncFaults } from "./sync.ts";
import { systemFaults } from "./system.ts";
import { virtualIpsFaults } from "./virtual-ips.ts";
import { vpnFaults } from "./vpn.ts";
import { xmlFaults } from "./xml.ts";
import { xmlrpcFaults } from "./xmlrpc.ts";

/** Every fault, family by family. */
export const faults: readonly Fault[] = [
  ...xmlFaults,
  ...systemFaults,
  ...interfacesFaults,
  ...virtualIpsFaults,
  ...pfsyncFaults,
  ...xmlrpcFaults,
  ...syncFaults,
  ...filterFaults,
  ...natFaults,
  ...servicesFaults,
  ...vpnFaults,
  ...gatewaysFaults,
  ...proxmoxFaults,
];
