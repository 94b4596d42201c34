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

/**
 * The value of a configuration without its revision. What is empty counts too: the simulation is held to the letter of
 * what pfSense wrote, although nothing follows from an empty section.
 */
function comparable({ tree, dialect }: Config): unknown {
  const { revision: _, ...value } = JSON.parse(JSON.stringify(toValue(tree, dialect.isList))) as Record<
    string,
    unknown
  >;
  return value;
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
