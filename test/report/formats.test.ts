import { describe, expect, test } from "vitest";
import { formats } from "../../src/report/index.ts";
import { rules } from "../../src/rules/index.ts";
import { root } from "../support/pair.ts";
import { runOver } from "../support/run-over.ts";

const extensions: Readonly<Record<string, string>> = {
  json: "json",
  sarif: "json",
  gitlab: "json",
  junit: "xml",
  checkstyle: "xml",
  markdown: "md",
  html: "html",
};

describe.each([...formats.keys()])("%s", (name) => {
  const render = async (folder: string) => (await formats.get(name)!())(await runOver([folder]));

  test.for(["small", "broken", "hostile"])("of the pair %s", async (pair) => {
    const golden = new URL(`fixtures/pairs/${pair}/reports/${name}.${extensions[name] ?? "txt"}`, root);
    await expect(await render(`pairs/${pair}`)).toMatchFileSnapshot(golden.pathname);
  });

  test("prints the same bytes every time, whatever the order of the rules", async () => {
    const format = await formats.get(name)!();
    const once = format(await runOver(["pairs/broken"], rules));
    expect(format(await runOver(["pairs/broken"], rules))).toBe(once);
    expect(format(await runOver(["pairs/broken"], [...rules].reverse()))).toBe(once);
  });
});
