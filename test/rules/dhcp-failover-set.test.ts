import { expect, test } from "vitest";
import { dhcpFailoverSet as rule } from "../../src/rules/dhcp-failover-set.ts";
import { change, lintFiles, report, small } from "../support/pair.ts";
import { addToDhcp, serveOpt2, setDhcp, withoutDhcpSync } from "../support/services.ts";
import { addInterface } from "../support/vips.ts";

const alone = setDhcp(small, "both", "failover_peerip", "");
const off = (files: typeof small, where: "secondary" | "both") =>
  change(files, where, /(<dhcpd>\s*<lan>)\s*<enable><\/enable>/, "$1");
const moved = (from: string, to: string) =>
  withoutDhcpSync(setDhcp(setDhcp(alone, "secondary", "from", from), "secondary", "to", to));

test.for([
  ["DHCP on the primary only, for good", withoutDhcpSync(off(alone, "secondary"))],
  ["DHCP that is off", off(alone, "both")],
  [
    "an interface that the secondary has off",
    change(alone, "secondary", /<lan>\s*<enable><\/enable>\s*<if>/, "<lan><if>"),
  ],
  ["ranges side by side", moved("192.168.7.200", "192.168.7.220")],
  ["ranges side by side, the other way", moved("192.168.7.50", "192.168.7.99")],
  ["an interface without a CARP VIP", serveOpt2(addInterface(small), "both")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["an empty peer", alone],
  ["no element", setDhcp(small, "both", "failover_peerip", undefined)],
  ["a secondary where DHCP is off until the next sync", off(alone, "secondary")],
  ["ranges that meet in one address", moved("192.168.7.199", "192.168.7.220")],
  ["ranges that meet in one address, the other way", moved("192.168.7.50", "192.168.7.100")],
  [
    "one of several ranges",
    addToDhcp(alone, "primary", "<pool><range><from>192.168.7.20</from><to>192.168.7.29</to></range></pool>"),
  ],
  [
    "a pool that lies in the other's range",
    addToDhcp(
      moved("192.168.7.200", "192.168.7.220"),
      "secondary",
      "<pool><range><from>192.168.7.120</from><to>192.168.7.129</to></range></pool>",
    ),
  ],
] as const)("reports %s", async ([, files]) => {
  expect(await report(rule, files)).toMatch(/^primary.xml:105:3: warning: DHCP on lan/);
});

test.for(["primary", "secondary"] as const)("does not apply where the %s runs Kea", async (role) => {
  const files = change(alone, role, "<dhcpd>", "<dhcpbackend>kea</dhcpbackend><dhcpd>");
  expect((await lintFiles(files, [rule])).notApplicable).toEqual([{ rule: rule.id, reason: "Kea serves DHCP" }]);
});
