import { expect, test } from "vitest";
import { xmlFlagValue as rule } from "../../src/rules/xml-flag-value.ts";
import { change, report, small } from "../support/pair.ts";

const onWan = (element: string) => change(small, "secondary", "<if>igb0</if>", `<if>igb0</if>${element}`);
const onRule = (element: string) => change(small, "primary", "<tracker>1690000001</tracker>", element);
const inSystem = (element: string) => change(small, "primary", "<ipv6allow></ipv6allow>", element);
const inNat = (element: string) => change(small, "primary", "<nat>", `<nat>${element}`);
const inOutbound = (element: string) => change(small, "primary", "<outbound>", `<outbound><rule>${element}</rule>`);
const version = (files: typeof small, number: string) =>
  change(files, "both", "<version>23.3</version>", `<version>${number}</version>`);
const box = (text: string) =>
  change(small, "primary", "<synchronizewol>on</synchronizewol>", `<synchronizewol>${text}</synchronizewol>`);

test.for(["0", "no", "off", "false", "No", "FALSE"])("reports a flag that says %s", async (text) => {
  expect(await report(rule, onWan(`<blockbogons>${text}</blockbogons>`))).toContain("<blockbogons> of wan: expected");
});

test.for(["", "1", "on", "yes", "true", "none"])("accepts a flag that says '%s'", async (text) => {
  expect(await report(rule, onWan(`<blockbogons>${text}</blockbogons>`))).toBe("");
});

test.for([
  [
    "an interface",
    change(small, "secondary", "<enable></enable>\n\t\t\t<if>igb0", "<enable>0</enable>\n\t\t\t<if>igb0"),
  ],
  ["a rule that is off", onRule("<disabled>no</disabled>")],
  ["a rule that stays at home", onRule("<nosync>0</nosync>")],
  ["a rule without pfsync", onRule("<nopfsync>off</nopfsync>")],
  ["a port forward that is off", inNat("<rule><disabled>no</disabled></rule>")],
  ["a port forward that stays at home", inNat("<rule><nosync>no</nosync></rule>")],
  ["a port forward that forwards nothing", inNat("<rule><nordr>no</nordr></rule>")],
  ["an outbound rule that is off", inOutbound("<disabled>no</disabled>")],
  ["an outbound rule that stays at home", inOutbound("<nosync>no</nosync>")],
  ["an outbound rule that translates nothing", inOutbound("<nonat>no</nonat>")],
  ["a 1:1 entry that is off", inNat("<onetoone><disabled>no</disabled></onetoone>")],
  ["a 1:1 entry that translates nothing", inNat("<onetoone><nobinat>no</nobinat></onetoone>")],
  ["IPv6", inSystem("<ipv6allow>no</ipv6allow>")],
  ["link-local addresses", inSystem("<no_apipa_block>0</no_apipa_block>")],
  ["pf", inSystem("<disablefilter>no</disablefilter>")],
  ["the anti-lockout rule", change(small, "primary", "<webgui>", "<webgui><noantilockout>no</noantilockout>")],
  [
    "maintenance mode",
    change(small, "primary", "<hasync>", "<virtualip_carp_maintenancemode>0</virtualip_carp_maintenancemode><hasync>"),
  ],
  [
    "a DHCP server",
    change(small, "primary", "<lan>\n\t\t\t<enable></enable>\n\t\t\t<range>", "<lan><enable>no</enable><range>"),
  ],
  ["a gateway", change(small, "primary", "<name>CORE</name>", "<name>CORE</name><disabled>no</disabled>")],
  [
    "an OpenVPN server",
    change(
      small,
      "primary",
      "<hasync>",
      "<openvpn><openvpn-server><disable>no</disable></openvpn-server></openvpn><hasync>",
    ),
  ],
  [
    "an IPsec peer",
    change(small, "primary", "<hasync>", "<ipsec><phase1><disabled>no</disabled></phase1></ipsec><hasync>"),
  ],
] as const)("looks at the flag of %s", async ([, files]) => {
  expect((await report(rule, files)).match(/\[xml-flag-value\]/g)).toHaveLength(1);
});

test.for([
  ["off", "23.3", true],
  ["no", "24.0", true],
  ["false", "24.5", true],
  ["0", "23.3", true],
  ["0", "24.0", false],
  ["", "23.3", false],
  ["yes", "23.3", false],
] as const)("a box that says '%s' in %s: %s", async ([text, number, reported]) => {
  expect((await report(rule, version(box(text), number))).includes("<synchronizewol>")).toBe(reported);
});

test("leaves pfsyncenabled to its own rule", async () => {
  expect(await report(rule, change(small, "primary", "<pfsyncenabled>on<", "<pfsyncenabled>off<"))).toBe("");
});

test.for([
  ["", true],
  ["on", true],
  ["yes", false],
] as const)("floating that says '%s': %s", async ([text, reported]) => {
  expect((await report(rule, onRule(`<floating>${text}</floating>`))).includes("<floating>, or no such")).toBe(
    reported,
  );
});

test("does not care about floating in a rule that is off", async () => {
  expect(await report(rule, onRule("<disabled></disabled><floating>on</floating>"))).toBe("");
});
