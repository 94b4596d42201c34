import { add, all, drop, type Fault, replace, set } from "../support/faults.ts";

export const virtualIpsFaults: readonly Fault[] = [
  {
    rule: "carp-vip-match",
    at: "secondary virtualip",
    fault: drop("secondary", "virtualip/vip[2]"),
  },
  {
    rule: "carp-vhid-match",
    at: "secondary virtualip/vip[1]/vhid",
    fault: set("secondary", "virtualip/vip[1]/vhid", "11"),
  },
  {
    rule: "carp-value-range",
    at: ["primary virtualip/vip[1]/vhid", "secondary virtualip/vip[1]/vhid"],
    fault: set("both", "virtualip/vip[1]/vhid", "300"),
  },
  {
    rule: "carp-password-match",
    at: "secondary virtualip/vip[1]/password",
    fault: set("secondary", "virtualip/vip[1]/password", "example-other"),
  },
  {
    rule: "carp-password-set",
    at: ["primary virtualip/vip[1]/password", "secondary virtualip/vip[1]/password"],
    fault: set("both", "virtualip/vip[1]/password", ""),
  },
  {
    rule: "carp-advskew-order",
    at: "secondary virtualip/vip[2]/advskew",
    fault: set("secondary", "virtualip/vip[2]/advskew", "0"),
  },
  {
    rule: "carp-advskew-order",
    at: "secondary virtualip/vip[1]/advskew",
    cluster: "legacy-21.7",
    fault: set("secondary", "virtualip/vip[1]/advskew", "0"),
  },
  {
    rule: "carp-advskew-set",
    at: "primary virtualip/vip[2]/advskew",
    fault: set("primary", "virtualip/vip[2]/advskew", ""),
  },
  {
    rule: "carp-advskew-headroom",
    at: "primary virtualip/vip[2]/advskew",
    fault: all(set("primary", "virtualip/vip[2]/advskew", "150"), set("secondary", "virtualip/vip[2]/advskew", "250")),
  },
  {
    rule: "carp-advskew-synced",
    at: "secondary virtualip/vip[2]/advskew",
    fault: set("secondary", "virtualip/vip[2]/advskew", "50"),
  },
  {
    rule: "carp-interval-default",
    at: "primary virtualip/vip[2]/advbase",
    fault: set("both", "virtualip/vip[2]/advbase", "5"),
  },
  {
    rule: "carp-advbase-match",
    at: "secondary virtualip/vip[2]/advbase",
    fault: set("secondary", "virtualip/vip[2]/advbase", "2"),
  },
  {
    rule: "carp-address-match",
    at: "secondary virtualip/vip[2]/subnet",
    fault: set("secondary", "virtualip/vip[2]/subnet", "192.168.1.9"),
  },
  {
    rule: "carp-address-match",
    at: "secondary virtualip/vip[2]",
    fault: drop("secondary", "virtualip/vip[2]/subnet"),
  },
  {
    rule: "carp-address-match",
    at: "primary virtualip/vip[7]",
    cluster: "dual-wan-vlan",
    fault: drop("primary", "virtualip/vip[7]/subnet"),
  },
  {
    rule: "carp-address-unique",
    at: ["primary virtualip/vip[3]/subnet", "secondary virtualip/vip[3]/subnet"],
    fault: set("both", "virtualip/vip[3]/subnet", "172.17.1.41"),
  },
  {
    rule: "carp-mask-match",
    at: "secondary virtualip/vip[2]/subnet_bits",
    fault: set("secondary", "virtualip/vip[2]/subnet_bits", "25"),
  },
  {
    rule: "carp-mask-interface",
    at: "primary virtualip/vip[2]/subnet_bits",
    fault: set("both", "virtualip/vip[2]/subnet_bits", "32"),
  },
  {
    rule: "carp-mask-interface",
    at: "primary virtualip/vip[2]",
    fault: drop("both", "virtualip/vip[2]/subnet_bits"),
  },
  {
    rule: "carp-mask-interface",
    at: "primary virtualip/vip[2]/subnet_bits",
    fault: set("primary", "virtualip/vip[2]/subnet_bits", "25"),
  },
  {
    rule: "carp-subnet-member",
    at: "primary virtualip/vip[2]/subnet",
    fault: set("both", "virtualip/vip[2]/subnet", "192.0.2.1"),
  },
  {
    rule: "carp-maintenance-mode",
    at: "secondary virtualip_carp_maintenancemode",
    fault: set("secondary", "virtualip_carp_maintenancemode", ""),
  },
  {
    rule: "carp-tunable-default",
    at: ["primary sysctl/item[3]/value", "secondary sysctl/item[3]/value"],
    fault: add("both", "sysctl/item", { tunable: "net.inet.carp.ifdown_demotion_factor", value: "0" }),
  },
  {
    rule: "vip-uniqid-match",
    at: "secondary virtualip/vip[2]/uniqid",
    fault: set("secondary", "virtualip/vip[2]/uniqid", "6000000000000"),
  },
  {
    rule: "vip-uniqid-match",
    at: "secondary virtualip/vip[1]/uniqid",
    fault: set("secondary", "virtualip/vip[1]/uniqid", "6000000000000"),
  },
  {
    rule: "vip-uniqid-match",
    at: "secondary virtualip/vip[2]",
    fault: drop("secondary", "virtualip/vip[2]/uniqid"),
  },
  {
    rule: "vip-stacked-match",
    at: "secondary virtualip",
    fault: drop("secondary", "virtualip/vip[3]"),
  },
  {
    rule: "vip-stacked-match",
    at: "secondary virtualip",
    cluster: "legacy-21.7",
    fault: drop("secondary", "virtualip/vip[2]"),
  },
  {
    rule: "vip-alias-parent",
    at: ["primary virtualip/vip[3]/interface", "secondary virtualip/vip[3]/interface"],
    fault: set("both", "virtualip/vip[3]/interface", "_vip6000000000000"),
  },
  {
    rule: "vip-alias-parent",
    at: "secondary virtualip/vip[3]/interface",
    fault: set("secondary", "virtualip/vip[3]/interface", "_vip6000000000000"),
  },
  {
    rule: "vip-alias-parent",
    at: "primary virtualip/vip[3]/interface",
    fault: set("primary", "virtualip/vip[3]/interface", "_vip6000000000000"),
  },
  {
    rule: "vip-reference-exists",
    at: "primary openvpn/openvpn-server/interface",
    fault: set("both", "openvpn/openvpn-server[1]/interface", "_vip6000000000000"),
  },
  {
    rule: "carp-vip-present",
    at: "primary",
    // New VIPs have new uniqids, so the reference has to be chosen anew.
    also: ["vip-reference-exists"],
    fault: drop("both", "virtualip"),
  },
  {
    rule: "carp-interface-coverage",
    at: "primary virtualip",
    cluster: "dual-wan-vlan",
    fault: drop("both", "virtualip/vip[14]"),
  },
  {
    rule: "carp-vhid-unique",
    at: ["primary virtualip/vip[14]/vhid", "secondary virtualip/vip[14]/vhid"],
    cluster: "dual-wan-vlan",
    fault: set("both", "virtualip/vip[14]/vhid", "1"),
  },
  {
    rule: "carp-bridge-member",
    at: ["primary virtualip/vip[2]/interface", "secondary virtualip/vip[2]/interface"],
    given: add("both", "interfaces/opt2", { enable: "", if: "em2", descr: "PORT" }),
    fault: add("both", "bridges/bridged", {
      members: "lan,opt2",
      bridgeif: "bridge0",
      descr: "LAN and its second port",
    }),
  },
  {
    rule: "carp-unicast-peer",
    at: "secondary virtualip/vip[1]/carp_peer",
    given: all(
      set("both", "virtualip/vip[1]/carp_mode", "ucast"),
      set("primary", "virtualip/vip[1]/carp_peer", "172.17.1.42"),
      set("secondary", "virtualip/vip[1]/carp_peer", "172.17.1.41"),
    ),
    fault: set("secondary", "virtualip/vip[1]/carp_peer", "172.17.1.42"),
  },
  {
    rule: "vip-interface-usable",
    at: ["primary virtualip/vip[4]/interface", "secondary virtualip/vip[4]/interface"],
    fault: all(
      add("both", "virtualip/vip", {
        mode: "carp",
        interface: "opt7",
        vhid: "70",
        advskew: "0",
        advbase: "1",
        password: "example-opt7",
        uniqid: "6000000000070",
        type: "single",
        subnet: "198.51.100.1",
        subnet_bits: "24",
      }),
      set("secondary", "virtualip/vip[4]/advskew", "100"),
    ),
  },
  {
    rule: "vip-uniqid-unique",
    at: ["primary virtualip/vip[3]/uniqid", "secondary virtualip/vip[3]/uniqid"],
    fault: set("both", "virtualip/vip[3]/uniqid", "6c1a2173e174c"),
  },
  {
    rule: "vip-address-shared",
    at: "secondary virtualip/vip[4]/subnet",
    fault: add("both", "virtualip/vip", {
      mode: "ipalias",
      interface: "lan",
      uniqid: "6000000000070",
      type: "single",
      subnet: "192.168.1.250",
      subnet_bits: "24",
    }),
  },
  {
    rule: "vip-alias-order",
    at: ["primary virtualip/vip[1]", "secondary virtualip/vip[1]"],
    fault: replace(
      "both",
      /(\t\t<vip>\n\t\t\t<mode>carp[\s\S]*?)(\t\t<vip>\n\t\t\t<mode>ipalias[\s\S]*?<\/vip>\n)/,
      "$2$1",
    ),
  },
];
