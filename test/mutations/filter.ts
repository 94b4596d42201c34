import { accepting, addBefore, all, drop, type Fault, set } from "../support/faults.ts";

export const filterFaults: readonly Fault[] = [
  {
    rule: "filter-pfsync-pass",
    at: ["primary filter", "secondary filter"],
    fault: set("both", "filter/rule[9]/disabled", ""),
  },
  {
    rule: "filter-pfsync-pass",
    at: ["primary filter", "secondary filter"],
    cluster: "legacy-21.7",
    fault: set("both", "filter/rule[13]/protocol", "udp"),
  },
  {
    rule: "filter-xmlrpc-pass",
    at: "secondary filter/rule[10]",
    fault: addBefore("both", "filter/rule[10]", "rule", {
      type: "block",
      interface: "opt1",
      ipprotocol: "inet",
      protocol: "tcp",
      tracker: "1",
      source: { any: "" },
      destination: { any: "" },
    }),
  },
  {
    rule: "filter-pass-after-sync",
    at: "primary filter/rule[10]",
    fault: set("primary", "filter/rule[10]/nosync", ""),
  },
  {
    rule: "filter-alias-exists",
    at: "primary filter/rule[4]/source/address",
    fault: set("both", "filter/rule[4]/source/address", "nobody"),
  },
  {
    rule: "filter-alias-synced",
    at: "primary filter/rule[4]/source/address",
    fault: all(set("primary", "aliases/alias[3]/nosync", ""), drop("secondary", "aliases/alias[3]")),
  },
  {
    rule: "filter-node-address",
    at: "primary filter/rule[1]/destination/address",
    fault: set("both", "filter/rule[1]/destination/address", "192.168.1.2"),
  },
  {
    rule: "filter-interface-synced",
    at: "primary filter/rule[8]/interface",
    cluster: "dual-wan-vlan",
    fault: drop("secondary", "ifgroups/ifgroupentry[2]"),
  },
  {
    rule: "filter-reference-synced",
    at: ["primary filter/rule[4]/dnpipe", "primary filter/rule[4]/pdnpipe"],
    cluster: "dual-wan-vlan",
    given: drop("primary", "hasync/synchronizetrafficshaperlimiter"),
    settings: accepting("xmlrpc-sections-other", "hasync/synchronizetrafficshaperlimiter"),
    fault: drop("secondary", "dnshaper"),
  },
];
