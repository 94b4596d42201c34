import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Dialect, dialectOf } from "../../src/model/dialect.ts";
import type { NewElement } from "../../src/model/edit.ts";
import { printElement } from "../../src/model/print.ts";
import { configOf, root } from "../support/pair.ts";

const folder = new URL("fixtures/conformance/parse/", root);
const releases = { "2.7.2": "23.3", master: "24.5" } as const;

type Json = string | readonly Json[] | { readonly [name: string]: Json };

interface Outcome {
  readonly value?: Json;
  readonly written?: string;
}

/** Where we write something else than pfSense, and why. */
const different: Readonly<Record<string, string>> = {
  "023-utf8-text-and-cdata 2.7.2": "an HTML entity outside CDATA, which 2.7 cannot read again",
  "026-latin1-declared 2.7.2": "an HTML entity outside CDATA, which 2.7 cannot read again",
  "054-list-only-empty-entries 2.7.2": "a line break inside an element that holds empty lists only",
  "054-list-only-empty-entries master": "a line break inside an element that holds empty lists only",
};

describe.skipIf(!existsSync(folder))("pfSense's own output, printed from its own values", () => {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  describe.each(Object.entries(releases))("%s", (release, version) => {
    const dialect = dialectOf(version);
    test.for(names)("%s", (file) => {
      const content = readFileSync(new URL(file, folder), "utf8");
      const outcome = (JSON.parse(content) as Record<string, Outcome>)[release] ?? {};
      if (outcome.value === undefined || outcome.written === undefined) return;
      const printed = writeConfig(outcome.value, dialect);
      if (`${file.replace(".json", "")} ${release}` in different) {
        expect(printed).not.toBe(outcome.written);
        expect(withoutLayout(dialect.decodeEntities(printed))).toBe(
          withoutLayout(dialect.decodeEntities(outcome.written)),
        );
        expect(configOf(printed).loads).toBe(true);
      } else expect(printed).toBe(outcome.written);
    });
  });

  test("the list of differences names vectors that exist", () => {
    const known = names.flatMap((file) =>
      Object.keys(releases).map((release) => `${file.replace(".json", "")} ${release}`),
    );
    expect(Object.keys(different).filter((name) => !known.includes(name))).toEqual([]);
  });
});

const withoutLayout = (text: string): string => text.replace(/\s/g, "");

/** A whole config.xml, as pfSense saves it. */
function writeConfig(value: Json, dialect: Dialect): string {
  const [tree] = elements("pfsense", value);
  return `<?xml version="1.0"?>\n${printElement(tree ?? { name: "pfsense", value: "" }, dialect)}\n`;
}

function elements(name: string, value: Json): readonly NewElement[] {
  if (typeof value === "string") return [{ name, value }];
  if (Array.isArray(value)) return value.flatMap((item: Json) => elements(name, item));
  return [{ name, value: Object.entries(value).flatMap(([key, item]) => elements(key, item as Json)) }];
}
