import { expect, test } from "vitest";
import { type ConfigFile, parseConfigFile } from "../../src/cli/config-file.ts";
import { ConfigFileError } from "../../src/cli/io.ts";

const parse = (text: string, name = "pfha-lint.yaml"): ConfigFile => parseConfigFile(`/site/${name}`, text, "/site");

function faults(text: string, name?: string): string {
  try {
    parse(text, name);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigFileError);
    return (error as Error).message;
  }
  return "";
}

const complete = `
clusters:
  paris: { primary: paris/pf1.xml, secondary: paris/pf2.xml }
  lyon: { primary: ../lyon/pf1.xml, secondary: /srv/pf2.xml }
rules:
  carp-advskew-order: [error, {}]
  version-match: off
accepted:
  - rule: carp-advskew-order
    cluster: paris
    subject: vip/wan/10
    reason: the secondary is the master of this VIP
    until: 2027-06-30
failOn: warning
maxWarnings: 3
`;

test("reads clusters relative to its own folder, settings of rules, accepted findings and thresholds", () => {
  const { clusters, severities, options, accepted, failOn, maxWarnings, source } = parse(complete);
  expect(clusters).toEqual([
    { name: "paris", primary: "/site/paris/pf1.xml", secondary: "/site/paris/pf2.xml" },
    { name: "lyon", primary: "/lyon/pf1.xml", secondary: "/srv/pf2.xml" },
  ]);
  expect([...severities]).toEqual([
    ["carp-advskew-order", "error"],
    ["version-match", "off"],
  ]);
  expect(options.get("carp-advskew-order")).toEqual({});
  expect({ failOn, maxWarnings }).toEqual({ failOn: "warning", maxWarnings: 3 });
  const [entry] = accepted;
  expect(entry).toMatchObject({ rule: "carp-advskew-order", cluster: "paris", until: "2027-06-30" });
  expect(source.position(entry!.at.start)).toMatchObject({ line: 9, column: 11 });
  expect(source.position(entry!.untilAt!.start)).toMatchObject({ line: 13, column: 12 });
});

test.for([
  ["nothing", ""],
  ["only a comment", "# to be filled\n"],
  ["an empty list of accepted findings", "accepted: []\n"],
  [
    "accepted findings without clusters, for the pair of the command line",
    "accepted: [{rule: version-match, subject: version, reason: r}]\n",
  ],
] as const)("accepts %s", ([, text]) => {
  expect(faults(text)).toBe("");
});

test.for([
  ["comments and trailing commas", '{\n\t// why\n\t"failOn": "never", /* "failOn": 1 */\n\t"accepted": [],\n}\n'],
  ["slashes and escapes in a text", '{"clusters": {"a//b": {"primary": "x\\"//y", "secondary": "z"}}}'],
] as const)("reads JSON with %s", ([, text]) => {
  expect(faults(text, "pfha-lint.jsonc")).toBe("");
});

test.for([
  ["an unknown key", "failsOn: error\n", "1:1: unknown key failsOn; did you mean failOn?"],
  [
    "an unknown rule",
    "rules:\n  carp-advskew-oder: off\n",
    "2:3: unknown rule carp-advskew-oder; did you mean carp-advskew-order?",
  ],
  [
    "an unknown severity",
    "rules:\n  version-match: fatal\n",
    '2:18: expected off, info, warning or error, found "fatal"',
  ],
  [
    "an option that the rule does not have",
    "rules:\n  version-match: [error, { depth: 1 }]\n",
    "2:28: unknown option depth",
  ],
  ["a list in the place of a mapping", "clusters: [a]\n", "1:11: expected a mapping, found a list"],
  ["nothing in the place of a list", "accepted:\n", "1:10: expected a list, found nothing"],
  [
    "a number in the place of a text",
    "clusters:\n  a: { primary: 1, secondary: b }\n",
    "2:17: expected a text, found 1",
  ],
  ["a missing key", "clusters:\n  a: { primary: p }\n", "2:6: missing key secondary"],
  [
    "an entry without a reason",
    "accepted:\n  - rule: version-match\n    subject: version\n    reason: ' '\n",
    '4:13: expected a text, found " "',
  ],
  [
    "an accepted finding of an unknown rule",
    "accepted:\n  - { rule: version-mach, subject: s, reason: r }\n",
    '2:13: unknown rule "version-mach"; did you mean version-match?',
  ],
  [
    "a date that is none",
    "accepted:\n  - { rule: version-match, subject: s, reason: r, until: soon }\n",
    '2:58: expected a date such as 2027-06-30, found "soon"',
  ],
  [
    "a day that does not exist",
    "accepted:\n  - { rule: version-match, subject: s, reason: r, until: 2027-02-30 }\n",
    "2:58: there is no day 2027-02-30",
  ],
  [
    "a cluster that is not listed",
    `${complete}`.replace("cluster: paris", "cluster: pariss"),
    "10:14: unknown cluster pariss; did you mean paris?",
  ],
  [
    "no cluster where some are listed",
    `${complete}`.replace("    cluster: paris\n", ""),
    "9:5: missing key cluster; one of paris, lyon",
  ],
  [
    "one file for both nodes",
    "clusters:\n  a: { primary: p, secondary: p }\n",
    "2:31: the same file as the primary of a",
  ],
  ["a key twice", "failOn: error\nfailOn: error\n", "2:1: Map keys must be unique"],
  [
    "a broken document",
    "clusters: {\n",
    "2:1: Flow map in block collection must be sufficiently indented and end with a }",
  ],
  ["a number below zero", "maxWarnings: -1\n", "1:14: must be >= 0, found -1"],
] as const)("names the place of %s", ([, text, expected]) => {
  expect(faults(text)).toContain(`pfha-lint.yaml:${expected}`);
});

test("names every fault, in the order of the file", () => {
  expect(
    faults("rules: 1\nfailOn: 2\nfoo: 3\n")
      .split("\n")
      .map((line) => line.replace(/: .*/, "")),
  ).toEqual(["pfha-lint.yaml:1:8", "pfha-lint.yaml:2:9", "pfha-lint.yaml:3:1"]);
});

test.for([
  ["a bare word", "{failOn: error}"],
  ["a block", '"failOn": "error"\n'],
  ["single quotes", "{'failOn': \"error\"}"],
] as const)("refuses YAML in a file that is called JSON: %s", ([, text]) => {
  expect(faults(text, "pfha-lint.json")).toMatch(/^pfha-lint.json:1:\d+: expected JSON, found YAML/);
});

test("refuses aliases that expand without end", () => {
  const levels = "abcdefghij".split("").map(
    (name, i, all) =>
      `${name}: &${name} [${
        i === 0
          ? "x"
          : Array(9)
              .fill(`*${all[i - 1]}`)
              .join(",")
      }]`,
  );
  expect(faults(`${levels.join("\n")}\n`)).toMatch(/alias|unknown key/i);
});
