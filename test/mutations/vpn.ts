import { add, type Fault, set } from "../support/faults.ts";

export const vpnFaults: readonly Fault[] = [
  {
    rule: "openvpn-server-vip",
    at: "primary openvpn/openvpn-server/interface",
    fault: set("both", "openvpn/openvpn-server[1]/interface", "wan"),
  },
  {
    rule: "openvpn-client-vip",
    at: "primary openvpn/openvpn-client/interface",
    given: add("both", "openvpn/openvpn-client", {
      vpnid: "2",
      mode: "p2p_tls",
      protocol: "UDP4",
      dev_mode: "tun",
      interface: "_vip603b4e7d29a16",
      server_addr: "198.51.100.9",
      server_port: "1194",
      caref: "60ffd03f4172c",
      description: "Head office",
    }),
    fault: set("both", "openvpn/openvpn-client/interface", "wan"),
  },
  {
    rule: "ipsec-phase1-vip",
    at: "primary ipsec/phase1[1]/interface",
    cluster: "dual-wan-vlan",
    fault: set("both", "ipsec/phase1[1]/interface", "wan"),
  },
  {
    rule: "ipsec-mobike-off",
    at: "primary ipsec/phase1[1]/mobike",
    cluster: "dual-wan-vlan",
    fault: set("both", "ipsec/phase1[1]/mobike", "on"),
  },
];
