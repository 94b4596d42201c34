import { add, all, drop, type Fault, set } from "../support/faults.ts";

/** Lets pfsync go to the multicast group as well, so that a missing peer keeps nothing out. */
const openToMulticast = add("both", "filter/rule[9]/destination/any", "");

export const pfsyncFaults: readonly Fault[] = [
  {
    rule: "pfsync-enabled",
    at: "primary hasync",
    fault: drop("both", "hasync/pfsyncenabled"),
  },
  {
    rule: "pfsync-enabled-match",
    at: "secondary hasync",
    fault: drop("secondary", "hasync/pfsyncenabled"),
  },
  {
    rule: "pfsync-enabled-value",
    at: "secondary hasync/pfsyncenabled",
    fault: set("secondary", "hasync/pfsyncenabled", ""),
  },
  {
    rule: "pfsync-interface-exists",
    at: "secondary hasync/pfsyncinterface",
    fault: set("secondary", "hasync/pfsyncinterface", "opt9"),
  },
  {
    rule: "pfsync-interface-gateway",
    at: "primary interfaces/opt1/gateway",
    fault: set("primary", "interfaces/opt1/gateway", "CORE"),
  },
  {
    rule: "pfsync-subnet-match",
    at: "secondary interfaces/opt1/subnet",
    fault: set("secondary", "interfaces/opt1/subnet", "29"),
  },
  {
    rule: "pfsync-subnet-match",
    at: "secondary interfaces/opt1",
    fault: drop("secondary", "interfaces/opt1/subnet"),
  },
  {
    rule: "pfsync-subnet-match",
    at: "secondary interfaces/opt1/ipaddr",
    fault: set("secondary", "interfaces/opt1/ipaddr", "10.0.0.9"),
  },
  {
    rule: "pfsync-subnet-match",
    at: "secondary interfaces/opt1/ipaddr",
    fault: set("primary", "interfaces/opt1/subnet", "31"),
  },
  {
    rule: "pfsync-subnet-size",
    at: "primary interfaces/opt1/subnet",
    fault: set("both", "interfaces/opt1/subnet", "24"),
  },
  {
    rule: "pfsync-peer-address",
    at: "secondary hasync/pfsyncpeerip",
    fault: set("secondary", "hasync/pfsyncpeerip", "10.0.0.2"),
  },
  {
    rule: "pfsync-peer-match",
    at: "primary hasync/pfsyncpeerip",
    given: openToMulticast,
    fault: set("primary", "hasync/pfsyncpeerip", ""),
  },
  {
    rule: "pfsync-peer-multicast",
    at: "primary hasync/pfsyncpeerip",
    given: openToMulticast,
    fault: set("both", "hasync/pfsyncpeerip", ""),
  },
  {
    rule: "pfsync-hostid-unique",
    at: "secondary hasync/pfhostid",
    fault: set("secondary", "hasync/pfhostid", "A1"),
  },
  {
    rule: "pfsync-hostid-unique",
    at: "secondary hasync/pfhostid",
    cluster: "legacy-21.7",
    fault: set("both", "hasync/pfhostid", "b1"),
  },
  {
    rule: "pfsync-state-policy",
    at: "secondary system/statepolicy",
    fault: set("secondary", "system/statepolicy", "floating"),
    cluster: "kea-24.5",
  },
  {
    rule: "pfsync-interface-match",
    at: "secondary hasync/pfsyncinterface",
    fault: set("secondary", "hasync/pfsyncinterface", "lan"),
  },
  {
    rule: "pfsync-interface-static",
    at: "secondary interfaces/opt1/ipaddr",
    fault: set("secondary", "interfaces/opt1/ipaddr", "dhcp"),
  },
  {
    rule: "pfsync-interface-static",
    at: "secondary interfaces/opt1",
    fault: drop("secondary", "interfaces/opt1/ipaddr"),
  },
  {
    rule: "pfsync-interface-dedicated",
    at: ["primary hasync/pfsyncinterface", "secondary hasync/pfsyncinterface"],
    cluster: "kea-24.5",
    fault: all(
      add("both", "virtualip/vip", {
        mode: "carp",
        interface: "opt2",
        vhid: "70",
        advskew: "0",
        advbase: "1",
        password: "example-opt2",
        uniqid: "6000000000070",
        type: "single",
        subnet: "172.20.254.3",
        subnet_bits: "29",
      }),
      set("secondary", "virtualip/vip[6]/advskew", "100"),
    ),
  },
  {
    rule: "pfsync-interface-dhcp",
    at: "primary dhcpd/opt1/enable",
    fault: add("both", "dhcpd/opt1", { enable: "", range: { from: "10.0.0.1", to: "10.0.0.2" } }),
  },
];
