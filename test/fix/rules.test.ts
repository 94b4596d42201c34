import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic.ts";
import { type FixOutcome, fixCluster } from "../../src/fix/fix.ts";
import { rules } from "../../src/rules/index.ts";
import { clusterFrom, type Files, readFiles, root } from "../support/pair.ts";
import { settingsOf } from "../support/settings.ts";
import { faultsTogether } from "../support/together.ts";

const folder = new URL("fixtures/rules/", root);
const bad = (existsSync(folder) ? readdirSync(folder) : [])
  .flatMap((rule) => readdirSync(new URL(rule, folder)).map((name) => `rules/${rule}/${name}`))
  .filter((path) => path.split("/").at(-1)?.startsWith("bad-"));

const everything = { nodes: ["primary", "secondary"], unsafe: true } as const;

const fixAll = (files: Files, path: string): Promise<FixOutcome> =>
  fixCluster(clusterFrom(files), rules, settingsOf(path), everything);

const filesOf = ({ primary, secondary }: FixOutcome): Files => ({
  primary: primary.after.source.text,
  secondary: secondary.after.source.text,
});

const keyOf = ({ rule, subject, node }: Diagnostic): string => `${rule} ${subject} ${node}`;

/**
 * Nothing fixable is left, nothing comes up but from rules that did not apply before, and fixing again changes nothing.
 */
async function checkFixed(files: Files, path: string): Promise<FixOutcome> {
  const outcome = await fixAll(files, path);
  expect(outcome.before.readable).toBe(true);
  expect(outcome.after.diagnostics.filter(({ fix }) => fix).map(keyOf)).toEqual([]);
  const known = new Set(outcome.before.diagnostics.map(keyOf));
  const unasked = new Set(outcome.before.notApplicable.map(({ rule }) => rule));
  const asked = outcome.after.diagnostics.filter(({ rule }) => !unasked.has(rule));
  expect(asked.map(keyOf).filter((key) => !known.has(key))).toEqual([]);
  const again = await fixAll(filesOf(outcome), path);
  expect(again.applied).toEqual([]);
  expect(filesOf(again)).toEqual(filesOf(outcome));
  return outcome;
}

describe.each(bad)("%s", (path) => {
  test("fixed by all rules", async () => {
    const files = readFiles(path);
    if (clusterFrom(files).nodes.every(({ config }) => config.loads)) await checkFixed(files, path);
    else {
      const { primary, secondary } = await fixAll(files, path);
      expect(primary.after).toBe(primary.before);
      expect(secondary.after).toBe(secondary.before);
    }
  });
});

test("a pair with as many faults at once as go together", async () => {
  // pfSense's deletion of accounts skips some by their position, so which of these a sync takes changes with every fix.
  const unstable = "rules/sync-entry-lost/bad-accounts";
  const { files, folders } = faultsTogether(
    bad.filter((path) => path !== unstable && settingsOf(path).options === undefined),
  );
  expect(folders.length).toBeGreaterThan(20);
  const { applied } = await checkFixed(files, "");
  expect(new Set(applied.map(({ rule }) => rule)).size).toBeGreaterThan(3);
});
