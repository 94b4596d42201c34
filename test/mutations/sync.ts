import { accepting, add, all, drop, type Fault, set } from "../support/faults.ts";

export const syncFaults: readonly Fault[] = [
  {
    rule: "sync-filter-current",
    at: "secondary filter/rule[4]/type",
    fault: set("secondary", "filter/rule[4]/type", "block"),
  },
  {
    rule: "sync-nat-current",
    at: "secondary nat/rule[1]/target",
    fault: set("secondary", "nat/rule[1]/target", "192.168.1.26"),
  },
  {
    rule: "sync-alias-current",
    at: "secondary aliases/alias[2]/address",
    fault: set("secondary", "aliases/alias[2]/address", "192.168.1.26"),
  },
  {
    rule: "sync-vip-current",
    at: "secondary virtualip/vip[2]/descr",
    fault: set("secondary", "virtualip/vip[2]/descr", "Another"),
  },
  {
    rule: "sync-dhcp-current",
    at: "secondary dhcpd/lan/domain",
    fault: set("secondary", "dhcpd/lan/domain", "other.example"),
  },
  {
    rule: "sync-dns-current",
    at: "secondary unbound/hosts[1]/ip",
    fault: set("secondary", "unbound/hosts[1]/ip", "192.168.1.81"),
  },
  {
    rule: "sync-vpn-current",
    at: "secondary openvpn/openvpn-server/maxclients",
    fault: set("secondary", "openvpn/openvpn-server[1]/maxclients", "21"),
  },
  {
    rule: "sync-route-current",
    at: "secondary staticroutes",
    fault: drop("secondary", "staticroutes/route"),
  },
  {
    rule: "sync-user-current",
    at: "secondary system/user[3]/descr",
    fault: set("secondary", "system/user[3]/descr", "Somebody"),
  },
  {
    rule: "sync-other-current",
    at: "secondary schedules/schedule/descr",
    fault: set("secondary", "schedules/schedule[1]/descr", "Other"),
  },
  {
    rule: "sync-entry-lost",
    at: "secondary aliases/alias[5]",
    fault: add("secondary", "aliases/alias", { name: "mine", type: "host", address: "192.168.1.7" }),
  },
  {
    rule: "sync-webgui-certificate",
    at: "secondary system/webgui/ssl-certref",
    fault: set("secondary", "system/webgui/ssl-certref", "6000000000000"),
  },
  {
    rule: "sync-reference-exists",
    at: "primary openvpn/openvpn-server/authmode",
    given: all(
      add("both", "system/authserver", { refid: "6000000000080", type: "radius", name: "Staff", host: "192.168.1.70" }),
      set("both", "openvpn/openvpn-server/authmode", "Staff"),
      drop("primary", "hasync/synchronizeauthservers"),
    ),
    settings: accepting("xmlrpc-sections-other", "hasync/synchronizeauthservers"),
    fault: drop("secondary", "system/authserver"),
  },
  {
    rule: "sync-revision-order",
    at: "secondary revision/time",
    fault: set("secondary", "revision/time", "1714999460"),
  },
  {
    rule: "sync-vip-lost",
    at: "secondary virtualip/vip[4]",
    fault: add("secondary", "virtualip/vip", {
      mode: "carp",
      interface: "lan",
      vhid: "70",
      advskew: "100",
      advbase: "1",
      password: "example-lan",
      uniqid: "6000000000070",
      type: "single",
      subnet: "192.168.1.250",
      subnet_bits: "24",
    }),
  },
];
