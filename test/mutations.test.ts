import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../src/diagnostic.ts";
import { rules } from "../src/rules/index.ts";
import { type Difference, differences, spellings } from "./mutations/harmless.ts";
import { faults } from "./mutations/index.ts";
import { type ClusterName, clusterNames, type Fault } from "./support/faults.ts";
import { lintFiles, type PairSettings, readFiles, type WiredFiles } from "./support/pair.ts";

const clusters = new Map<ClusterName, WiredFiles>(
  clusterNames.map((name) => [name, readFiles(`conformance/clusters/${name}`)]),
);

/** Comparing passwords with hashes takes time by design: only where a fault asks for it. */
const lint = async (files: WiredFiles, settings?: PairSettings): Promise<readonly Diagnostic[]> =>
  (await lintFiles(files, rules, { verifyPasswords: false, ...settings })).diagnostics;

/** `secondary virtualip/vip[2]/vhid`; in other files the line. */
const placeOf = ({ node, path, at }: Diagnostic): string =>
  path === ""
    ? `${at.source.path}:${at.source.position(at.start).line}`
    : `${node} ${path.replace(/^\/pfsense\/?/, "")}`.trim();

const said = (found: readonly Diagnostic[]): readonly string[] =>
  found.map((one) => `${placeOf(one)}: ${one.message} [${one.rule}]`);

test.for([...clusters])("cluster %s is healthy", async ([, files]) => {
  expect(said(await lint(files))).toEqual([]);
});

describe("a fault of a healthy cluster", () => {
  test.for(faults.map((fault) => [fault.rule, fault] as const))("%s", async ([rule, one]) => {
    const { at, fault, also = [], cluster = "clean", given = (files) => files }: Fault = one;
    const healthy = given(clusters.get(cluster)!);
    if (one.given || one.settings) expect(said(await lint(healthy, one.settings))).toEqual([]);

    const broken = fault(healthy);
    expect(broken).not.toEqual(healthy);
    const found = await lint(broken, one.settings);
    const own = found.filter((diagnostic) => diagnostic.rule === rule);
    expect(own.map(placeOf), said(found).join("\n")).toEqual([at].flat());
    const others = found.filter((diagnostic) => diagnostic.rule !== rule);
    expect([...new Set(others.map((diagnostic) => diagnostic.rule))].sort(), said(others).join("\n")).toEqual(also);
  });

  test("is there for every rule", () => {
    const covered = new Set(faults.map(({ rule }) => rule));
    expect(rules.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });
});

test.for(differences.map((one) => [one.title, one] as const))("%s makes no difference", async ([, one]) => {
  const { difference, cluster = "clean" }: Difference = one;
  const files = clusters.get(cluster)!;
  const changed = difference(files);
  expect(changed).not.toEqual(files);
  expect(said(await lint(changed))).toEqual([]);
});

describe.each([...clusters])("cluster %s in another spelling", (_, files) => {
  test.for(spellings.map((one) => [one.title, one.spelling] as const))("%s", async ([, spelling]) => {
    const changed = spelling(files);
    expect(changed).not.toEqual(files);
    expect(said(await lint(changed))).toEqual([]);
  });
});
