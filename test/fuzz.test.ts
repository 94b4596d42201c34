import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseConfig } from "../src/model/config.ts";
import { decode } from "../src/parser/decode.ts";
import { carpAdvskewOrder } from "../src/rules/carp-advskew-order.ts";
import type { Rule } from "../src/rules/rule.ts";
import { type FuzzInput, fuzzFiles, readFuzzInput } from "./support/fuzz-input.ts";
import { checkInvariants } from "./support/invariants.ts";
import { mutate } from "./support/mutate.ts";
import { root } from "./support/pair.ts";
import { random } from "./support/random.ts";
import { shrink } from "./support/shrink.ts";

const load = (folder: string): FuzzInput => readFuzzInput(fileURLToPath(new URL(`fixtures/${folder}`, root)));
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("what fuzzing found stays mended", () => {
  const folder = new URL("fixtures/fuzz/", root);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  test.for(names)("%s", async (name) => {
    expect(await checkInvariants(load(`fuzz/${name}`))).toBeUndefined();
  });
  test("and is kept", () => expect(names.length).toBeGreaterThan(0));
});

test.for(["pairs/small", "seeds/complete"])("what %s is mutated from breaks nothing", async (seed) => {
  expect(await checkInvariants(load(seed))).toBeUndefined();
});

test("a hundred mutants break nothing", async () => {
  const next = random(20261124);
  const seeds = [load("pairs/small"), load("seeds/complete")];
  for (let i = 0; i < 100; i++) {
    expect(await checkInvariants(mutate(seeds[i % 2]!, next, i)), `mutant ${i}`).toBeUndefined();
  }
});

test("a file cut short at any byte is read as far as it goes", () => {
  const { secondary } = load("pairs/small");
  for (let end = 0; end < secondary.length; end++) {
    const { loads, source, faults } = parseConfig(decode("a.xml", secondary.subarray(0, end)));
    // Behind the root element there is nothing but a line end.
    if (end < secondary.length - 1) expect({ end, loads }).toEqual({ end, loads: false });
    for (const { at } of faults) expect(at.start <= at.end && at.end <= source.text.length, `cut at ${end}`).toBe(true);
  }
});

// `npm run fuzz -- --cuts` does it at every byte.
test.for(["primary", "secondary"] as const)(
  "a pair whose %s is cut short, here or there, breaks nothing",
  async (role) => {
    const whole = load("pairs/small");
    for (let end = 0; end < whole[role].length; end += 89) {
      const cut = { ...whole, [role]: whole[role].subarray(0, end) };
      expect(await checkInvariants(cut), `cut at ${end}`).toBeUndefined();
    }
  },
);

test("the same seed gives the same mutants", () => {
  const input = load("seeds/complete");
  const mutants = (seed: number): readonly FuzzInput[] => {
    const next = random(seed);
    return Array.from({ length: 20 }, (_, i) => mutate(input, next, i));
  };
  expect(mutants(7)).toEqual(mutants(7));
  expect(mutants(7)).not.toEqual(mutants(8));
});

test("mutants reach every file of an input, and hold what is hardest to read", () => {
  const input = load("seeds/complete");
  const next = random(1);
  const touched = new Set<string>();
  const found = new Map<string, RegExp>([
    ["a prototype's name as an element", /<__proto__>/],
    ["a prototype's name as a value", /<(?!name)(\w+)>constructor<\/\1>/],
    ["a prototype's name as an alias", /<name>toString<\/name>/],
    ["an alias that is its own", /<name>loop_self<\/name><type>host<\/type><address>loop_self/],
    ["entities that grow", /<!ENTITY e9 "&e8;/],
    ["deep nesting", /(?:<a>){300}/],
    ["a NUL", /\0/],
    ["bytes that are no UTF-8", /\ufffd/],
    ["an attribute", /<\w+ a="1"/],
  ]);
  for (let i = 0; i < 1500; i++) {
    const mutant = mutate(input, next, i);
    for (const path of ["primary", "secondary", ...Object.keys(mutant.others ?? {})]) {
      const bytes = path === "primary" || path === "secondary" ? mutant[path] : mutant.others?.[path];
      const original = path === "primary" || path === "secondary" ? input[path] : input.others?.[path];
      if (Buffer.compare(bytes!, original!) !== 0) touched.add(path);
    }
    const text = textOf(mutant.primary);
    for (const [what, pattern] of found) if (pattern.test(text)) found.delete(what);
  }
  expect([...found.keys()]).toEqual([]);
  expect([...touched].sort()).toEqual(["primary", "secondary", ...Object.keys(input.others ?? {})].sort());
});

describe("a planted fault", () => {
  const clumsy = (check: Rule["check"]): Rule => ({ ...carpAdvskewOrder, partial: true, check });
  const planted: readonly (readonly [string, Rule, string])[] = [
    [
      "a rule that trips over a prototype",
      clumsy(({ primary }) => {
        const known: Record<string, string> = { host: "h" };
        for (const { name } of primary.aliases) known[name.text]?.toUpperCase();
        return [];
      }),
      "throws TypeError",
    ],
    [
      "a place outside the file",
      clumsy(function* ({ primary }) {
        const { source } = primary;
        const at = source.span(source.text.length, source.text.length + 1);
        if (primary.tree.section("virtualip").list("vip").length > 2) {
          yield { at, subject: "s", message: "m", help: "h" };
        }
      }),
      "a span outside its file: carp-advskew-order",
    ],
  ];

  test.for(planted)("%s is found, and shrunk to what matters", async ([, rule, kind]) => {
    const fails = async (candidate: FuzzInput): Promise<boolean> =>
      (await checkInvariants(candidate, [rule]))?.startsWith(kind) === true;
    const next = random(3);
    const seed = load("pairs/small");
    let found: FuzzInput | undefined;
    for (let i = 0; i < 2000 && !found; i++) {
      const mutant = mutate(seed, next, i);
      if (await fails(mutant)) found = mutant;
    }
    expect(found).toBeDefined();
    const small = await shrink(found!, fails, 30_000);
    expect(await fails(small)).toBe(true);
    expect(small.primary.length + small.secondary.length).toBeLessThan(200);
  });
});

test("shrinking keeps what makes an input fail, and nothing else", async () => {
  const input = fuzzFiles.replace(load("seeds/complete"), "secondary", (bytes) =>
    new TextEncoder().encode(textOf(bytes).replace("<hasync>", "<hasync><!-- boom -->\ufffd")),
  );
  const fails = async ({ primary, secondary, others }: FuzzInput): Promise<boolean> =>
    textOf(primary).includes("<vhid>2</vhid>") &&
    textOf(secondary).includes("boom") &&
    textOf(others?.["node.yaml"] ?? new Uint8Array()).includes("opt1");
  expect(await fails(input)).toBe(true);
  const { primary, secondary, others = {} } = await shrink(input, fails);
  expect([textOf(primary), textOf(secondary)]).toEqual(["<vhid>2</vhid>", "boom"]);
  expect(Object.entries(others).map(([path, bytes]) => [path, textOf(bytes)])).toEqual([["node.yaml", "opt1"]]);
});
