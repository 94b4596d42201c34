import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import type { Diagnostic, Report, Run } from "../../src/diagnostic.ts";
import { formats } from "../../src/report/index.ts";
import { text } from "../../src/report/text.ts";
import { rules } from "../../src/rules/index.ts";
import { Source } from "../../src/source.ts";
import { withCanaries } from "../support/canaries.ts";
import { lintFiles, readFiles, small } from "../support/pair.ts";
import { runOf, runOver } from "../support/run-over.ts";

const evil = [
  "a.xml:1:1: error: forged [carp-advskew-order]",
  "::error file=x::%0A, 100%",
  "</failure><script>alert(1)</script> & \" '",
  "[click](https://evil.example) {0} ``` ~~~ @all #1 |",
  "\u001b[31mred\u0007\u0000\u009b\u202e\ud800\uffff",
  "line\r\none\nmore\ttab",
  "a.xml:1:1: error: forged [carp-advskew-order]",
].join(" ");

/** A run in which every text that a configuration, a path or the configuration file may hold is hostile. */
function hostileRun(): Run {
  const source = new Source(`dir, with: %20 & "odd'\n<names>.xml`, `<pfsense>\n<a>${evil}</a>\n</pfsense>\n`);
  const at = source.span(13, 13 + evil.length);
  const diagnostic: Diagnostic = {
    rule: "carp-advskew-order",
    severity: "error",
    at,
    node: "primary",
    path: "/pfsense/a",
    subject: evil,
    message: evil,
    related: [{ at, message: evil }],
    fix: { title: evil, safe: true, edits: [{ at, text: evil }] },
    help: evil,
  };
  const unfixable: Diagnostic = { ...diagnostic, severity: "warning", fix: undefined };
  const node = { source, name: evil, version: evil };
  const report: Report = {
    name: evil,
    primary: node,
    secondary: node,
    rolesFrom: "target",
    diagnostics: [diagnostic, unfixable, { ...unfixable, severity: "info" }],
    accepted: [{ diagnostic: unfixable, reason: evil, until: "2027-01-01" }],
    rulesChecked: 1,
    notApplicable: [{ rule: "version-match", reason: evil }],
    notes: [],
    readable: true,
    secrets: [],
    rules: new Map([
      ["carp-advskew-order", { id: "carp-advskew-order", severity: "error", summary: "S.", fix: "safe" }],
      ["version-match", { id: "version-match", severity: "error", summary: "S.", fix: "none" }],
    ]),
  };
  return runOf([report, { ...report, diagnostics: [], name: undefined }], 1);
}

const render = async (name: string, run: Run): Promise<string> => (await formats.get(name)!())(run);
const gnu = /^(.+?):(\d+):(\d+): (error|warning|info): (.*) \[([a-z0-9-]+)\]$/;

describe("hostile text", () => {
  test.for([...formats.keys()])("brings no control character into %s", async (name) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not occur.
    expect(await render(name, hostileRun())).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]|\p{Surrogate}/u);
  });

  test("makes no line of the text report look like the first line of a diagnostic", () => {
    const options = { verbose: true };
    const lines = text(hostileRun(), options).split("\n");
    const heads = lines.filter((line) => gnu.test(line));
    expect(heads).toHaveLength(3);
    for (const line of heads) expect(gnu.exec(line)?.[1]).toMatch(/^dir, with: %20 & "odd'/);
  });

  test("nor with colours, which editors take away before they match", () => {
    const mark = (all: string) => `\u001b[1m${all}\u001b[22m`;
    const severity = { error: mark, warning: mark, info: mark };
    const paint = { severity, place: mark, good: mark, bad: mark, dim: mark, strong: mark };
    const plain = text(hostileRun(), { paint, verbose: true }).replaceAll("\u001b[1m", "").replaceAll("\u001b[22m", "");
    expect(plain).toBe(text(hostileRun(), { verbose: true }));
  });

  test("stays inside its attribute or element in XML", async () => {
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "", parseTagValue: false });
    for (const name of ["junit", "checkstyle"]) {
      const output = await render(name, hostileRun());
      expect(XMLValidator.validate(output)).toBe(true);
      expect(output).not.toContain("<script");
      const parsed = JSON.stringify(parser.parse(output));
      expect(parsed).toContain("<script>alert(1)</script> & ");
    }
  });

  test("is one workflow command a line, its text as it was once unescaped", async () => {
    const lines = (await render("github", hostileRun())).trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      const [, properties = "", data = ""] = /^::(?:error|warning|notice) ([^:]*)::(.*)$/.exec(line) ?? [];
      expect(properties.split(",").map((property) => property.split("=")[0])).toEqual([
        "file",
        "line",
        ...(properties.includes("endLine") ? ["endLine"] : ["col", "endColumn"]),
        "title",
      ]);
      const decoded = data.replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%");
      expect(decoded).toContain("::error file=x::%0A, 100%");
    }
  });

  test("is neither link nor placeholder in SARIF, and leaves URIs valid", async () => {
    const log = JSON.parse(await render("sarif", hostileRun()));
    const [result] = log.runs[0].results;
    expect(result.message.text).toContain(String.raw`\[click\](https://evil.example) {{0}}`);
    const { uri } = result.locations[0].physicalLocation.artifactLocation;
    expect(decodeURIComponent(uri)).toBe(`dir, with: %20 & "odd'\n<names>.xml`);
    expect(uri).toMatch(/^[\w.%~!*'()-]+$/);
  });

  test("stands in Markdown only where no mark-up works", async () => {
    const output = await render("markdown", hostileRun());
    let fence = "";
    for (const line of output.split("\n")) {
      const [, ticks = "", info = ""] = /^(`{3,})(.*)$/.exec(line) ?? [];
      if (fence === "" && info === "text") fence = ticks;
      else if (ticks === fence && info === "") fence = "";
      else if (fence === "") expect(line.replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, "")).not.toMatch(/[@<]|evil/);
    }
    expect(fence).toBe("");
  });

  test("gives GitLab one fingerprint for each finding", async () => {
    const issues = JSON.parse(await render("gitlab", hostileRun())) as { fingerprint: string; severity: string }[];
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(3);
    expect(issues.map(({ severity }) => severity)).toEqual(["critical", "minor", "info"]);
  });
});

test("a pair whose own descriptions look like diagnostics has as many first lines as diagnostics", async () => {
  const run = await runOver(["pairs/hostile"]);
  const lines = text(run).split("\n");
  expect(lines.filter((line) => gnu.test(line))).toHaveLength(run.reports[0]?.diagnostics.length ?? 0);
  expect(lines.join("\n")).toContain("not from pfha-lint [carp-advskew-order] \n");
});

describe("secrets", () => {
  test.for([...formats.keys()])("occur nowhere in %s", async (name) => {
    for (const files of [small, readFiles("pairs/broken"), readFiles("pairs/hostile")]) {
      const canaries = withCanaries(files);
      expect(canaries.secondary).toContain("canary");
      const run = runOf([await lintFiles(canaries, rules)], 1);
      expect(await render(name, run)).not.toContain("canary");
    }
  });

  test("are left out of the edits that hold them", async () => {
    const run = hostileRun();
    const [report] = run.reports;
    const [first] = report!.diagnostics;
    const edits = [{ at: first!.at, text: "canary", secret: true as const }];
    const secret = { ...first!, message: "m", fix: { title: "t", safe: true, edits } };
    const own = runOf([{ ...report!, diagnostics: [secret], accepted: [] }], 1);
    for (const name of formats.keys()) expect(await render(name, own)).not.toContain("canary");
    const [cluster] = JSON.parse(await render("json", own)).clusters;
    expect(cluster.diagnostics[0].fix.edits[0].text).toBe(null);
    expect(JSON.parse(await render("sarif", own)).runs[0].results[0].fixes).toBeUndefined();
  });
});
