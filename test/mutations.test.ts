import { describe, expect, test } from "vitest";
import type { Diagnostic } from "../src/diagnostic.ts";
import { rules } from "../src/rules/index.ts";
import { faults } from "./mutations/index.ts";
import { type ClusterName, clusterNames, type Fault, type Mutation, set } from "./support/faults.ts";
import { type Files, lintFiles, type PairSettings, readFiles, type WiredFiles } from "./support/pair.ts";

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

describe("a difference that is none", () => {
  test.for([
    ["another host name", set("secondary", "system/hostname", "hydra-c")],
    ["another device while states float", set("secondary", "interfaces/lan/if", "igb7")],
    ["widgets of the dashboard", set("secondary", "widgets/sequence", "none:col1:open:0")],
    [
      "the same text, encoded otherwise",
      (files: Files) => ({
        ...files,
        secondary: files.secondary
          .replace("<![CDATA[LAN to", "<![CDATA[LAN&#32;to")
          .replace("<descr><![CDATA[Core switch]]></descr>", "<descr>Core switch</descr>"),
      }),
    ],
    ["other line ends", (files: Files) => ({ ...files, secondary: files.secondary.replaceAll("\n", "\r\n") })],
    [
      "another order of unrelated entries",
      (files: Files) => ({
        ...files,
        secondary: files.secondary.replace(
          /(\t\t<item>\n(?:\t\t\t.*\n)+?\t\t<\/item>\n)(\t\t<item>\n(?:\t\t\t.*\n)+?\t\t<\/item>\n)(?=\t<\/sysctl>)/,
          "$2$1",
        ),
      }),
    ],
  ] as const)("%s", async ([, mutation]) => {
    const files = clusters.get("clean")!;
    const changed = (mutation as Mutation)(files);
    expect(changed).not.toEqual(files);
    expect(said(await lint(changed))).toEqual([]);
  });
});
