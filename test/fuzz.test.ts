import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkInvariants, type FuzzPair } from "./support/invariants.ts";
import { mutate, random } from "./support/mutate.ts";
import { root } from "./support/pair.ts";

const load = (folder: string): FuzzPair => {
  const read = (role: string): Uint8Array => readFileSync(new URL(`fixtures/${folder}/${role}.xml`, root));
  return { primary: read("primary"), secondary: read("secondary") };
};

test("what fuzzing found stays mended", async () => {
  const folder = new URL("fixtures/fuzz/", root);
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    expect(await checkInvariants(load(`fuzz/${name}`)), name).toBeUndefined();
  }
});

test("two hundred mutants of a small pair break nothing", async () => {
  const next = random(20261124);
  const pair = load("pairs/small");
  for (let i = 0; i < 200; i++) expect(await checkInvariants(mutate(pair, next, i)), `mutant ${i}`).toBeUndefined();
});

test("a pair cut short at any hundredth byte breaks nothing", async () => {
  const { primary, secondary } = load("pairs/small");
  for (let end = 0; end < secondary.length; end += 100) {
    expect(await checkInvariants({ primary, secondary: secondary.subarray(0, end) }), `cut at ${end}`).toBeUndefined();
  }
});
