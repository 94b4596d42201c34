import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { rules } from "../src/rules/index.ts";
import {
  configOf,
  type Files,
  fixed,
  lintFiles,
  type PairSettings,
  readFiles,
  report,
  root,
  withAccepted,
} from "./support/pair.ts";
import { settingsOf } from "./support/settings.ts";

const folder = new URL("fixtures/rules/", root);
const folders = existsSync(folder) ? readdirSync(folder) : [];

test("every folder of fixtures belongs to a rule", () => {
  const ids = new Set(rules.map(({ id }) => id));
  expect(folders.filter((name) => !ids.has(name))).toEqual([]);
});

describe.each(rules)("$id", (rule) => {
  const cases = existsSync(new URL(rule.id, folder)) ? readdirSync(new URL(rule.id, folder)).sort() : [];

  test("has a pair that triggers it and a pair that must stay silent", () => {
    expect(cases.filter((name) => !/^(good|bad)-/.test(name))).toEqual([]);
    expect(cases.some((name) => name.startsWith("bad-"))).toBe(true);
    expect(cases.some((name) => name.startsWith("good-"))).toBe(true);
  });

  test.for(cases)("%s", async (name) => {
    const path = `rules/${rule.id}/${name}`;
    const files = readFiles(path);
    const settings = settingsOf(path);
    const found = await report(rule, files, settings);
    if (name.startsWith("good-")) {
      expect(found).toBe("");
      // Silent because healthy, not because the question does not arise, unless the name says so.
      const { notApplicable } = await lintFiles(files, withAccepted(rule, settings), settings);
      expect(notApplicable.some((one) => one.rule === rule.id)).toBe(name.startsWith("good-without-"));
      return;
    }
    expect(found).toContain(`[${rule.id}]`);
    await expect(found).toMatchFileSnapshot(new URL(`fixtures/${path}/expected.txt`, root).pathname);
    await checkFix(path, files, settings);
  });

  async function checkFix(path: string, files: Files, settings: PairSettings): Promise<void> {
    const after = await fixed(rule, files, settings);
    for (const role of ["primary", "secondary"] as const) {
      const golden = new URL(`fixtures/${path}/fixed/${role}.xml`, root);
      if (after[role] === files[role]) expect(existsSync(golden), `${golden} is not what the fix makes`).toBe(false);
      else {
        await expect(after[role]).toMatchFileSnapshot(golden.pathname);
        expect(configOf(after[role]).loads).toBe(true);
      }
    }
    const left = (await lintFiles(after, [rule], settings)).diagnostics.filter(({ fix }) => fix);
    expect(left).toEqual([]);
  }
});
