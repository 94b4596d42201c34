import { accepting, add, drop, type Fault, set } from "../support/faults.ts";

export const gatewaysFaults: readonly Fault[] = [
  {
    rule: "gateway-name-exists",
    at: ["primary gateways/defaultgw4", "secondary gateways/defaultgw4"],
    fault: set("both", "gateways/defaultgw4", "NOBODY"),
  },
  {
    rule: "gateway-set-match",
    at: "secondary gateways/gateway_item[1]/gateway",
    given: drop("primary", "hasync/synchronizestaticroutes"),
    settings: accepting("xmlrpc-sections-other", "hasync/synchronizestaticroutes"),
    fault: set("secondary", "gateways/gateway_item[1]/gateway", "172.17.0.9"),
  },
  {
    rule: "gateway-group-stale",
    at: "secondary gateways/gateway_group",
    fault: add("secondary", "gateways/gateway_group", {
      name: "OLD",
      item: "WANGW|1|_vip603b4e7d29a16",
      trigger: "down",
    }),
  },
  {
    rule: "gateway-group-vip",
    at: "primary gateways/gateway_group[1]/item[1]",
    cluster: "dual-wan-vlan",
    fault: set("both", "gateways/gateway_group[1]/item[1]", "WAN1GW|1|address"),
  },
];
