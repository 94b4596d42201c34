import { expect, test } from "vitest";
import { dhcpEnabledMatch as rule } from "../../src/rules/dhcp-enabled-match.ts";
import { change, lintFiles, report, small } from "../support/pair.ts";
import { serveOpt2, withoutDhcpSync } from "../support/services.ts";
import { addInterface, addVip } from "../support/vips.ts";

const local = withoutDhcpSync(small);
const off = (where: "primary" | "secondary" | "both") =>
  change(local, where, /(<dhcpd>\s*<lan>)\s*<enable><\/enable>/, "$1");

test.for([
  ["DHCP on neither node", off("both")],
  ["an interface without a CARP VIP", serveOpt2(addInterface(local), "primary")],
  [
    "an interface that is off on one node, which interface-enabled-match reports",
    change(local, "secondary", /<lan>\s*<enable><\/enable>\s*<if>/, "<lan><if>"),
  ],
  ["the same on the primary", change(local, "primary", /<lan>\s*<enable><\/enable>\s*<if>/, "<lan><if>")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("reports either node, at its section where it has no settings for the interface", async () => {
  expect(await report(rule, off("primary"))).toContain(
    "primary.xml:105:3: warning: DHCP on lan: expected it on both nodes, found it on the secondary only",
  );
  const none = change(local, "secondary", /<dhcpd>.*<\/dhcpd>/s, "<dhcpd></dhcpd>");
  expect(await report(rule, none)).toMatch(/^secondary.xml:104:2: warning/);
});

test("takes an interface for shared if the secondary alone has a CARP VIP there", async () => {
  const files = addVip(serveOpt2(addInterface(local), "primary"), "secondary", {
    interface: "opt2",
    subnet: "192.168.8.1",
  });
  expect(await report(rule, files)).toContain("DHCP on opt2");
});

test("does not apply where sync carries DHCP", async () => {
  const { notApplicable } = await lintFiles(small, [rule]);
  expect(notApplicable).toEqual([{ rule: rule.id, reason: "XMLRPC sync carries DHCP" }]);
});
