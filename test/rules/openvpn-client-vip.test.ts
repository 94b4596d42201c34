import { expect, test } from "vitest";
import { openvpnClientVip as rule } from "../../src/rules/openvpn-client-vip.ts";
import { addOpenVpn, wanVip } from "../support/bindings.ts";
import { change, type Files, fixed, report, small } from "../support/pair.ts";
import { addVip } from "../support/vips.ts";

const client = (name: string, where: keyof Files | "both" = "both", more = ""): Files =>
  addOpenVpn(small, { kind: "client", interface: name, more }, where);
const unsynced = (files: Files): Files => change(files, "primary", "<synchronizeopenvpn>on</synchronizeopenvpn>", "");

test.for([
  ["a VIP", client(`_vip${wanVip}`)],
  ["an interface without a CARP VIP", client("opt1")],
  [
    "any, where no interface with a gateway has a CARP VIP",
    change(client("any"), "both", "<gateway>WANGW</gateway>", ""),
  ],
  ["a disabled client", client("wan", "both", "<disable></disable>")],
  ["a client of one node, where OpenVPN is not synced", unsynced(client("wan", "primary"))],
  [
    "a client that the secondary has off, where OpenVPN is not synced",
    unsynced(change(client("wan"), "secondary", "<vpnid>1</vpnid>", "<vpnid>1</vpnid><disable></disable>")),
  ],
  ["a server", addOpenVpn(small, { interface: "wan" })],
  ["a client of the secondary alone", client("wan", "secondary")],
  ["IPv6, where the VIP is IPv4", addOpenVpn(small, { kind: "client", interface: "wan", protocol: "UDP6" })],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("a client that sync will bring to the secondary counts as there", async () => {
  const found = await report(rule, client("wan", "primary"));
  expect(found).toContain("found the interface wan: both nodes connect");
  expect(found).not.toContain("the secondary's client");
});

test("where OpenVPN is not synced, the secondary's own client counts", async () => {
  expect(await report(rule, unsynced(client("wan")))).toMatch(/secondary\.xml:\d+:\d+: the secondary's client/);
});

test("binds to the VIP that can be meant", async () => {
  expect((await fixed(rule, client("any"))).primary).toContain(`<interface>_vip${wanVip}</interface></openvpn-client>`);
  const choice = addVip(client("any"), "both", { interface: "wan", subnet: "198.51.100.9" });
  expect(await report(rule, choice)).not.toContain("fix:");
});
