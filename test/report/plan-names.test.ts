import { expect, test } from "vitest";
import { plan } from "../../src/behaviour/plan.ts";
import { planText } from "../../src/report/plan-text.ts";
import { change, clusterFrom, small } from "../support/pair.ts";

// XML allows this character in a name; a terminal shows nothing of it.
test("a name that cannot be seen is shown as what it is", () => {
  const files = change(small, "secondary", "</pfsense>", "<a\ufeffb><x>1</x></a\ufeffb></pfsense>");
  expect(planText(plan(clusterFrom(files)))).toContain("  a\\u{feff}b  ");
});
