import { expect, test } from "vitest";
import { carpMaintenanceMode as rule } from "../../src/rules/carp-maintenance-mode.ts";
import { addSections } from "../support/bindings.ts";
import { fixed, report, small } from "../support/pair.ts";

test.for(["", "true", "no", "0"])("is on when present, whatever it says: %j", async (text) => {
  const files = addSections(
    small,
    "both",
    `\n<virtualip_carp_maintenancemode>${text}</virtualip_carp_maintenancemode>\n`,
  );
  const found = await report(rule, files);
  expect(found).toContain("CARP maintenance mode of the primary: expected off");
  expect(found).toContain("CARP maintenance mode of the secondary: expected off");
  expect(await report(rule, await fixed(rule, files))).toBe("");
});

test("the element counts at the root only", async () => {
  const files = addSections(small, "both", "<x><virtualip_carp_maintenancemode></virtualip_carp_maintenancemode></x>");
  expect(await report(rule, files)).toBe("");
});
