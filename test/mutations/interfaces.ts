import { all, drop, type Fault, replace, set } from "../support/faults.ts";

export const interfacesFaults: readonly Fault[] = [
  {
    rule: "ipv6-allowed",
    at: "secondary system",
    fault: drop("secondary", "system/ipv6allow"),
    cluster: "dual-wan-vlan",
  },
  {
    rule: "interface-set-match",
    at: "secondary interfaces",
    fault: drop("secondary", "interfaces/opt1"),
  },
  {
    rule: "interface-enabled-match",
    at: "secondary interfaces/lan",
    fault: drop("secondary", "interfaces/lan/enable"),
  },
  {
    rule: "interface-description-match",
    at: "secondary interfaces/lan/descr",
    fault: set("secondary", "interfaces/lan/descr", "Office"),
  },
  {
    rule: "interface-device-match",
    at: "secondary interfaces/lan/if",
    fault: set("secondary", "interfaces/lan/if", "igb7"),
    cluster: "kea-24.5",
  },
  {
    rule: "interface-address-unique",
    at: "secondary interfaces/lan/ipaddr",
    fault: set("secondary", "interfaces/lan/ipaddr", "192.168.1.2"),
  },
  {
    rule: "interface-address-static",
    at: "secondary interfaces/wan/ipaddr",
    fault: set("secondary", "interfaces/wan/ipaddr", "dhcp"),
  },
  {
    rule: "interface-subnet-match",
    at: "secondary interfaces/lan/subnet",
    fault: set("secondary", "interfaces/lan/subnet", "25"),
  },
  {
    rule: "interface-subnet-match",
    at: "secondary interfaces/lan",
    fault: drop("secondary", "interfaces/lan/subnet"),
  },
  {
    rule: "interface-subnet-match",
    at: "secondary interfaces/lan/subnet",
    fault: set("primary", "interfaces/lan/subnet", "25"),
  },
  {
    rule: "interface-mtu-match",
    at: "secondary interfaces/opt1/mtu",
    fault: set("secondary", "interfaces/opt1/mtu", "9000"),
  },
  {
    rule: "interface-gateway-match",
    at: "secondary interfaces/wan",
    fault: drop("secondary", "interfaces/wan/gateway"),
  },
  {
    rule: "interface-mac-unique",
    at: "secondary interfaces/wan/spoofmac",
    fault: set("both", "interfaces/wan/spoofmac", "02:00:00:00:00:01"),
  },
  {
    rule: "wan-private-blocking",
    at: ["primary interfaces/wan/blockpriv", "secondary interfaces/wan/blockpriv"],
    fault: set("both", "interfaces/wan/blockpriv", ""),
  },
  {
    rule: "wan-bogon-blocking",
    at: ["primary interfaces/wan/blockbogons", "secondary interfaces/wan/blockbogons"],
    fault: set("both", "interfaces/wan/blockbogons", ""),
  },
  {
    rule: "interface-linklocal-blocked",
    at: ["primary interfaces/opt1/ipaddr", "secondary interfaces/opt1/ipaddr"],
    given: all(replace("both", "10.0.0.", "169.254.7."), set("both", "system/no_apipa_block", "")),
    fault: drop("both", "system/no_apipa_block"),
  },
  {
    rule: "interface-order-match",
    at: "secondary interfaces/lan",
    fault: replace(
      "secondary",
      /<lan>(\n\t\t\t<enable>[\s\S]*?)<\/lan>\n\t\t<opt1>([\s\S]*?)<\/opt1>/,
      "<lan>$2</lan>\n\t\t<opt1>$1</opt1>",
    ),
  },
  {
    rule: "interface-vlan-match",
    at: "secondary vlans/vlan[2]/tag",
    cluster: "dual-wan-vlan",
    fault: all(set("secondary", "vlans/vlan[2]/tag", "122"), replace("secondary", "lagg0.22", "lagg0.122")),
  },
  {
    rule: "wan-blocking-match",
    at: "secondary interfaces/wan",
    cluster: "dual-wan-vlan",
    fault: drop("secondary", "interfaces/wan/blockpriv"),
  },
];
