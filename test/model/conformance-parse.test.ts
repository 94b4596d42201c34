import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../src/model/read.ts";
import { toValue } from "../../src/model/value.ts";
import { decode } from "../../src/parser/decode.ts";

/** What pfSense's own reader made of each probe, by release; fixtures/conformance/README.md describes the format. */
interface Expectation {
  readonly ok: boolean;
  readonly value?: unknown;
  readonly reason?: string;
}

const releases = { "2.7.2": "23.3", master: "24.5" } as const;

function cases(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.map((name) => name.replace(/\.json$/, ""));
}

describe.each(["parse", "parse-advisory"])("conformance: %s", (name) => {
  const folder = new URL(`../../fixtures/conformance/${name}/`, import.meta.url).pathname;
  test.for(cases(folder))("%s", (probe) => {
    const bytes = readFileSync(`${folder}${probe}.xml`);
    const expected = JSON.parse(readFileSync(`${folder}${probe}.json`, "utf8"));
    for (const [release, version] of Object.entries(releases)) {
      const wanted: Expectation = expected[release];
      const read = readConfig(decode(probe, bytes), { version });
      const refusal = read.faults.find((fault) => fault.refused);
      if (name === "parse-advisory" && refusal) continue;
      expect(refusal?.kind, release).toBe(wanted.ok ? undefined : wanted.reason);
      if (wanted.ok && wanted.value !== undefined) {
        expect(read.root && JSON.parse(JSON.stringify(toValue(read.root, read.dialect.isList))), release).toEqual(
          wanted.value,
        );
      }
    }
  });
});
