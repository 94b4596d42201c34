import { expect, test } from "vitest";
import { syncVpnCurrent } from "../../src/rules/sync-vpn-current.ts";
import { vipReferenceExists as rule } from "../../src/rules/vip-reference-exists.ts";
import { addOpenVpn, addPhase1, addSections, lanVip } from "../support/bindings.ts";
import { change, type Files, fixed, report, small } from "../support/pair.ts";
import { addVip, setVip, withoutVipSync } from "../support/vips.ts";

const gone = "_vip64bfffffffff1";
const here = `_vip${lanVip}`;
const listening = (name: string): Files =>
  change(small, "both", "<active_interface>all<", `<active_interface>lan,${name},lo0<`);

/** Every kind of reference, to a VIP by name. */
const kinds: Readonly<Record<string, (name: string) => Files>> = {
  "OpenVPN server 1": (name) => addOpenVpn(small, { interface: name }),
  "OpenVPN client 1": (name) => addOpenVpn(small, { kind: "client", interface: name }),
  "IPsec tunnel 1": (name) => addPhase1(small, { interface: name }),
  "network interfaces of the DNS Resolver": listening,
  "outgoing interfaces of the DNS Resolver": (name) =>
    change(small, "both", "<outgoing_interface>all<", `<outgoing_interface>${name}<`),
  "interfaces of the DNS Forwarder": (name) =>
    addSections(small, "both", `<dnsmasq><enable></enable><interface>lan,${name}</interface></dnsmasq>`),
  "router advertisements on lan": (name) =>
    addSections(
      small,
      "both",
      `<dhcpdv6><lan><ramode>router</ramode><rainterface>${name}</rainterface></lan></dhcpdv6>`,
    ),
  "DHCP relay": (name) =>
    addSections(small, "both", `<dhcrelay><enable></enable><carpstatusvip>${name}</carpstatusvip></dhcrelay>`),
  "DHCPv6 relay": (name) =>
    addSections(small, "both", `<dhcrelay6><enable></enable><carpstatusvip>${name}</carpstatusvip></dhcrelay6>`),
  "gateway group LINES": (name) =>
    change(
      small,
      "both",
      "<defaultgw4>",
      `<gateway_group><name>LINES</name><item>WANGW|1|${name}</item></gateway_group><defaultgw4>`,
    ),
  "interfaces of the NTP server": (name) => addSections(small, "both", `<ntpd><interface>${name}</interface></ntpd>`),
  "dynamic DNS of host.example": (name) =>
    addSections(
      small,
      "both",
      `<dyndnses><dyndns><enable></enable><host>host.example</host><interface>${name}</interface></dyndns></dyndnses>`,
    ),
};

test.for(Object.entries(kinds))("reads %s", async ([title, make]) => {
  expect(await report(rule, make(here))).toBe("");
  const found = await report(rule, make(gone));
  expect(found).toContain(
    `${title}: expected a CARP VIP or IP alias with uniqid 64bfffffffff1, found none on the primary`,
  );
});

test.for([
  ["an OpenVPN instance", addOpenVpn(small, { interface: gone, more: "<disable></disable>" })],
  ["an IPsec tunnel", addPhase1(small, { interface: gone, disabled: "" })],
  ["the DNS Resolver", change(listening(gone), "both", /<unbound>\s*<enable><\/enable>/, "<unbound>")],
  ["the DNS Forwarder", addSections(small, "both", `<dnsmasq><interface>${gone}</interface></dnsmasq>`)],
  [
    "router advertisements",
    addSections(
      small,
      "both",
      `<dhcpdv6><lan><ramode>disabled</ramode><rainterface>${gone}</rainterface></lan></dhcpdv6>`,
    ),
  ],
  ["DHCP relay", addSections(small, "both", `<dhcrelay><carpstatusvip>${gone}</carpstatusvip></dhcrelay>`)],
  [
    "dynamic DNS",
    addSections(small, "both", `<dyndnses><dyndns><host>h</host><interface>${gone}</interface></dyndns></dyndnses>`),
  ],
] as const)("does not read %s that is off", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

const counted = (found: string): number => found.match(/: error: /g)?.length ?? 0;

test("reports what sync carries once, on the primary, and what stays on the secondary there as well", async () => {
  expect(counted(await report(rule, addOpenVpn(small, { interface: gone })))).toBe(1);
  const unsynced = change(
    addOpenVpn(small, { interface: gone }),
    "primary",
    "<synchronizeopenvpn>on</synchronizeopenvpn>",
    "",
  );
  expect(counted(await report(rule, unsynced))).toBe(2);
  expect(counted(await report(rule, addSections(small, "both", `<ntpd><interface>${gone}</interface></ntpd>`)))).toBe(
    2,
  );
});

test("what only the secondary has wrong is reported there, though sync will replace it", async () => {
  const files = change(
    addOpenVpn(small, { interface: here }),
    "secondary",
    `<interface>${here}</interface>`,
    `<interface>${gone}</interface>`,
  );
  const found = await report(rule, files);
  expect(found).toMatch(/^secondary\.xml:.* found none on the secondary \[/);
  expect(counted(found)).toBe(1);
});

test("two VIPs that one list lacks are two", async () => {
  expect(counted(await report(rule, change(listening(gone), "primary", "lo0<", "_vip64bfffffffff2<")))).toBe(2);
});

test("a reference of the secondary to a VIP that sync removes is found before it does", async () => {
  const own = addVip(small, "secondary", { vhid: "7", uniqid: "64b0000000007", subnet: "192.168.7.3" });
  const files = addSections(own, "secondary", "<ntpd><interface>_vip64b0000000007</interface></ntpd>");
  expect(await report(rule, files)).toContain(
    "found none on the secondary once XMLRPC sync has written its virtual IPs",
  );
  expect(await report(rule, withoutVipSync(files))).toBe("");
});

test("a synced reference to a VIP that is not synced is found as well", async () => {
  const own = addVip(small, "primary", { mode: "ipalias", uniqid: "64b00000000a1", subnet: "192.168.7.20" });
  const files = addOpenVpn(own, { interface: "_vip64b00000000a1" }, "primary");
  expect(await report(rule, files)).toMatch(/^primary\.xml:.* on the secondary once XMLRPC sync/);
});

test("leaves VIPs of two names to vip-uniqid-match", async () => {
  const renamed = setVip(small, "secondary", 2, "uniqid", "5f00000000002");
  const ntp = (uniqid: string): string => `<ntpd><interface>_vip${uniqid}</interface></ntpd>`;
  expect(await report(rule, addSections(renamed, "secondary", ntp("5f00000000002")))).toBe("");
  expect(await report(rule, addSections(renamed, "secondary", ntp(lanVip)))).toBe("");
});

test("a reference of the secondary alone becomes what sync would write, one of the primary alone stays there", async () => {
  const healthy = addOpenVpn(small, { interface: here });
  const on = (where: keyof Files): Files =>
    change(healthy, where, `<interface>${here}</interface>`, `<interface>${gone}</interface>`);
  expect(await report(rule, on("secondary"))).toContain("fix: write what XMLRPC sync would\n");
  expect(await fixed(rule, on("secondary"))).toEqual(healthy);
  expect(await report(rule, on("primary"))).not.toContain("fix:");
  for (const where of ["primary", "secondary"] as const) expect(await report(syncVpnCurrent, on(where))).toBe("");
});
