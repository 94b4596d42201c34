import { add, all, type Fault, replace, set } from "../support/faults.ts";

export const natFaults: readonly Fault[] = [
  {
    rule: "nat-outbound-vip",
    at: "primary nat/outbound/mode",
    fault: set("both", "nat/outbound/mode", "automatic"),
  },
  {
    rule: "nat-mode-known",
    at: "primary nat/outbound/mode",
    fault: set("both", "nat/outbound/mode", "manual"),
  },
  {
    rule: "nat-target-vip",
    at: "primary nat/outbound/rule[2]/target",
    fault: set("both", "nat/outbound/rule[2]/target", "wanip"),
  },
  {
    rule: "nat-target-vip",
    at: "primary nat/outbound/rule[1]/target",
    cluster: "legacy-21.7",
    fault: set("both", "nat/outbound/rule[1]/target", ""),
  },
  {
    rule: "nat-node-address",
    at: "primary nat/outbound/rule[2]/target",
    fault: set("both", "nat/outbound/rule[2]/target", "172.17.1.41"),
  },
  {
    rule: "nat-node-address",
    at: "primary nat/outbound/rule[1]/targetip",
    cluster: "legacy-21.7",
    fault: all(
      set("both", "nat/outbound/rule[1]/target", "other-subnet"),
      set("both", "nat/outbound/rule[1]/targetip", "198.51.100.18"),
      set("both", "nat/outbound/rule[1]/targetip_subnet", "32"),
    ),
  },
  {
    rule: "nat-associated-rule",
    at: "primary nat/rule[1]/associated-rule-id",
    fault: set("both", "nat/rule[1]/associated-rule-id", "nat_0000"),
  },
  {
    rule: "nat-forward-vip",
    at: "primary nat/rule[1]/destination/network",
    fault: replace("both", "<address>172.17.1.45</address>", "<network>wanip</network>"),
  },
  {
    rule: "nat-onetoone-vip",
    at: "primary nat/onetoone/external",
    cluster: "dual-wan-vlan",
    fault: set("both", "nat/onetoone/external", "203.0.113.9"),
  },
  {
    rule: "nat-self-translated",
    at: "primary nat/outbound/rule[1]/source/network",
    fault: set("both", "nat/outbound/rule[1]/source/network", "any"),
  },
  {
    rule: "nat-vip-synced",
    at: "primary nat/rule[1]/destination/address",
    fault: all(
      add("primary", "virtualip/vip", {
        mode: "ipalias",
        interface: "wan",
        uniqid: "6000000000070",
        type: "single",
        subnet: "172.17.1.46",
        subnet_bits: "32",
      }),
      set("both", "nat/rule[1]/destination/address", "172.17.1.46"),
    ),
  },
];
