import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { text } from "../src/report/text.ts";
import { rules } from "../src/rules/index.ts";
import { lintFiles, readFiles, root } from "./support/pair.ts";

const folder = new URL("fixtures/conformance/clusters/", root);
const clusters = readdirSync(folder).map((name) => {
  const { clean } = JSON.parse(readFileSync(new URL(`${name}/expect.json`, folder), "utf8")) as { clean: boolean };
  return { name, clean };
});

/** What a person sees of a pair, every rule asked and passwords compared. */
async function printed(name: string): Promise<string> {
  const report = await lintFiles(readFiles(`conformance/clusters/${name}`), rules);
  return text({ toolVersion: "0.0.0", exitCode: 0, failOn: "error", reports: [report] });
}

describe("a whole cluster of the conformance data:", () => {
  test("there are clean ones and others", () => {
    expect(clusters.filter(({ clean }) => clean).map(({ name }) => name)).toEqual([
      "clean",
      "dual-wan-vlan",
      "kea-24.5",
      "legacy-21.7",
    ]);
    expect(clusters.filter(({ clean }) => !clean)).not.toEqual([]);
  });

  test.for(clusters.filter(({ clean }) => clean))("nothing is said of $name", async ({ name }) => {
    expect(await printed(name)).toMatch(/^no problems in primary\.xml /);
  });

  // Read line by line: each is right, and none says again what another has said.
  test.for(clusters.filter(({ clean }) => !clean))("the report on $name", async ({ name }) => {
    const golden = new URL(`fixtures/reports/${name}.txt`, root);
    await expect(await printed(name)).toMatchFileSnapshot(golden.pathname);
  });
});
