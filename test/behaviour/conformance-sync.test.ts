import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { afterSync, syncOf } from "../../src/behaviour/xmlrpc-sync.ts";
import { type Config, parseConfig } from "../../src/model/config.ts";
import { toValue } from "../../src/model/value.ts";
import { decode } from "../../src/parser/decode.ts";
import { change, clusterFrom, configOf, readFiles, root } from "../support/pair.ts";

/** What pfSense's own code made of each secondary; fixtures/conformance/README.md says how to compare. */
const folder = (name: string): string => new URL(`fixtures/conformance/${name}/`, root).pathname;
const releases = { "2.7.2": "23.3", master: "24.5" } as const;

/** The file with its version set to the release's, as it was before pfSense ran over it. */
function read(path: string, version: string): Config {
  const text = readFileSync(path, "utf8").replace(
    /<version>(?:23\.3|24\.5)(0?)<\/version>/,
    (_, zero: string) => `<version>${version}${zero}</version>`,
  );
  return parseConfig(decode(path, new TextEncoder().encode(text)));
}

/** The value of a configuration without its revision, and without what is empty. */
function comparable(config: Config): unknown {
  const value = JSON.parse(JSON.stringify(toValue(config.tree, config.dialect.isList)));
  const entries = Object.entries(withoutEmptyLists(value) as object);
  const isEmpty = (part: unknown): boolean => part === "" || Object.keys(part as object).length === 0;
  return Object.fromEntries(entries.filter(([name, part]) => name !== "revision" && !isEmpty(part)));
}

function withoutEmptyLists(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmptyLists);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => !(Array.isArray(part) && part.length === 0));
  return Object.fromEntries(entries.map(([name, part]) => [name, withoutEmptyLists(part)]));
}

describe.each(Object.entries(releases))("conformance: sync as in %s", (release, version) => {
  const cases = readdirSync(folder("sync")).filter((name) =>
    existsSync(`${folder("sync")}${name}/after-${release}.xml`),
  );

  test("there are cases", () => expect(cases.length).toBeGreaterThan(40));

  test.for(cases)("%s", (name) => {
    const at = `${folder("sync")}${name}`;
    const secondary = read(`${at}/secondary.xml`, version);
    const result = syncOf(read(`${at}/primary.xml`, version), secondary);
    const expected = comparable(read(`${at}/after-${release}.xml`, version));
    expect(comparable(result.config)).toEqual(expected);
    if (!result.performed) expect(expected).toEqual(comparable(secondary));
  });
});

describe("conformance: sync of whole clusters", () => {
  test.for(readdirSync(folder("clusters")))("%s", (name) => {
    const { sync } = JSON.parse(readFileSync(`${folder("clusters")}${name}/expect.json`, "utf8"));
    const cluster = clusterFrom(readFiles(`conformance/clusters/${name}`));
    const result = afterSync(cluster);
    expect(result.performed).toBe(sync.performed);
    const changed = !isDeepStrictEqual(comparable(result.config), comparable(cluster.secondary));
    expect(changed).toBe(sync.changesSecondary);
    expect(afterSync(cluster)).toBe(result);
  });

  test("reference-as-typed with the target corrected", () => {
    const at = "conformance/clusters/reference-as-typed";
    const files = change(readFiles(at), "primary", "<synchronizetoip>https://10.0.0.2<", "<synchronizetoip>10.0.0.2<");
    const expected = configOf(readFileSync(`${folder("clusters")}reference-as-typed/after-if-corrected.xml`, "utf8"));
    const { performed, config } = afterSync(clusterFrom(files));
    expect(performed).toBe(true);
    expect(comparable(config)).toEqual(comparable(expected));
  });
});
