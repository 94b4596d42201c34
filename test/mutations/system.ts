import { add, all, type Fault, set } from "../support/faults.ts";

export const systemFaults: readonly Fault[] = [
  {
    rule: "system-filter-enabled",
    at: "secondary system/disablefilter",
    fault: set("secondary", "system/disablefilter", ""),
  },
  {
    rule: "system-node-distinct",
    at: "secondary interfaces",
    fault: all(
      set("secondary", "system/hostname", "hydra-a"),
      set("secondary", "interfaces/wan/ipaddr", "172.17.1.41"),
      set("secondary", "interfaces/lan/ipaddr", "192.168.1.2"),
      set("secondary", "interfaces/opt1/ipaddr", "10.0.0.1"),
    ),
  },
  {
    rule: "system-hostname-unique",
    at: "secondary system/hostname",
    fault: set("secondary", "system/hostname", "hydra-a"),
  },
  {
    rule: "system-webgui-https",
    at: ["primary system/webgui/protocol", "secondary system/webgui/protocol"],
    fault: all(set("both", "system/webgui/protocol", "http"), set("both", "filter/rule[10]/destination/port", "80")),
  },
  {
    rule: "system-time-servers",
    at: "primary system/timeservers",
    fault: set("primary", "system/timeservers", ""),
  },
  {
    rule: "system-settings-match",
    at: "secondary system/timezone",
    fault: set("secondary", "system/timezone", "Etc/UTC"),
  },
  {
    rule: "user-admin-password",
    at: ["primary system/user[1]/bcrypt-hash", "secondary system/user[1]/bcrypt-hash"],
    settings: { verifyPasswords: true },
    fault: set("both", "system/user[1]/bcrypt-hash", "$2b$10$13u6qwCOwODv34GyCMgdWub6oQF3RX0rG7c3d3X4JvzuEmAXLYDd2"),
  },
  {
    rule: "package-set-match",
    at: "secondary installedpackages/package/version",
    given: add("both", "installedpackages/package", { name: "sudo", version: "2.0.2", configurationfile: "sudo.xml" }),
    fault: set("secondary", "installedpackages/package/version", "2.0.1"),
  },
  {
    rule: "package-acme-both",
    at: "secondary installedpackages/acme/certificates/item/status",
    given: all(
      add("both", "installedpackages/acme/certificates/item", { name: "www.victor.example", status: "active" }),
      set("secondary", "installedpackages/acme/certificates/item/status", "disabled"),
    ),
    fault: set("secondary", "installedpackages/acme/certificates/item/status", "active"),
  },
  {
    rule: "package-frr-routerid",
    at: "secondary installedpackages/frr/config/routerid",
    given: add("both", "installedpackages/frr/config", { enable: "on", routerid: "192.0.2.1", carpstatusvid: "10" }),
    fault: set("both", "installedpackages/frr/config/carpstatusvid", "none"),
  },
  {
    rule: "package-sync-secondary",
    at: "secondary installedpackages/pfblockerngsync/config/varsynconchanges",
    given: all(
      add("primary", "installedpackages/pfblockerngsync/config", {
        varsynconchanges: "manual",
        row: { varsyncdestinenable: "ON", varsyncipaddress: "10.0.0.2" },
      }),
      add("secondary", "installedpackages/pfblockerngsync/config", {
        varsynconchanges: "disabled",
        row: { varsyncdestinenable: "ON", varsyncipaddress: "10.0.0.1" },
      }),
    ),
    fault: set("secondary", "installedpackages/pfblockerngsync/config/varsynconchanges", "manual"),
  },
  {
    rule: "package-wireguard-both",
    at: "secondary installedpackages/wireguard/tunnels/item/enabled",
    given: all(
      add("both", "installedpackages/wireguard/tunnels/item", {
        name: "tun_wg0",
        enabled: "yes",
        privatekey: "ZXhhbXBsZS1wcml2YXRlLWtleS1vZi13aXJlZ3VhcmQ=",
      }),
      set("secondary", "installedpackages/wireguard/tunnels/item/enabled", "no"),
    ),
    fault: set("secondary", "installedpackages/wireguard/tunnels/item/enabled", "yes"),
  },
];
