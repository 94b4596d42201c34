import { expect, test } from "vitest";
import { keaHaPass as rule } from "../../src/rules/kea-ha-pass.ts";
import { change, type Files, fixed, lintFiles, readFiles, report } from "../support/pair.ts";

/** A pair with Kea HA: the primary listens on 9000, the secondary on 8765, and a rule passes both. */
const kea = readFiles("rules/kea-ha-pass/good-any-port");
const keaRule = /\t\t<rule>\s*<id><\/id>\s*<tracker>1690000004<\/tracker>[\s\S]*?<\/rule>\n/;
const without = change(kea, "both", keaRule, "");

test("reports each node at the port that it listens on itself", async () => {
  const found = await report(rule, without);
  expect(found).toContain("Kea HA from 10.99.0.2 to 10.99.0.1 port 9000");
  expect(found).toContain("Kea HA from 10.99.0.1 to 10.99.0.2 port 8765");
});

test("says once what fails now and after the sync as well", async () => {
  expect((await lintFiles(without, [rule])).diagnostics).toHaveLength(2);
});

test("opens both nodes, and has nothing left to report", async () => {
  const after = await fixed(rule, without);
  expect(await report(rule, after)).toBe("");
  expect(after.primary).toContain("Allow Kea HA between the nodes");
});

test("speaks of DHCPv6 as well, on its own port", async () => {
  const both = (role: string, own: string, other: string): string =>
    `<kea6><ha><enable></enable><role>${role}</role><localip>${own}</localip><remoteip>${other}</remoteip></ha></kea6></pfsense>`;
  const files: Files = {
    primary: kea.primary.replace("</pfsense>", both("primary", "10.99.0.1", "10.99.0.2")),
    secondary: kea.secondary.replace("</pfsense>", both("standby", "10.99.0.2", "10.99.0.1")),
  };
  expect(await report(rule, files)).toBe("");
  expect(await report(rule, change(files, "both", keaRule, ""))).toContain(
    "Kea HA of DHCPv6 from 10.99.0.2 to 10.99.0.1 port 8766",
  );
});

test.for([
  [
    "an address that is not the node's own, which kea-ha-addresses reports",
    change(without, "both", /<localip>10\.99\.0\.\d/, "<localip>10.99.0.3"),
  ],
  ["no local address", change(without, "both", /<localip>10\.99\.0\.\d/, "<localip>")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["ISC serves DHCP", change(without, "both", "<dhcpbackend>kea</dhcpbackend>", "")],
  ["high availability is on on one node only", change(without, "secondary", /<enable><\/enable>(\s*<role>)/, "$1")],
  ["the release has none", change(without, "both", "<version>24.0</version>", "<version>23.3</version>")],
] as const)("does not arise where %s", async ([, files]) => {
  expect((await lintFiles(files, [rule])).notApplicable).toHaveLength(1);
});
