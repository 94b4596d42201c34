import { XMLParser } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import type { Diagnostic, Report, Run } from "../../src/diagnostic.ts";
import { formats } from "../../src/report/index.ts";
import { pathUri, slashes } from "../../src/report/links.ts";
import { Source } from "../../src/source.ts";
import { runOf } from "../support/run-over.ts";

/** Paths as they come, with forward slashes, and as URI references. */
const paths = [
  ["pf1.xml", "pf1.xml", "pf1.xml"],
  ["./paris/pf1.xml", "paris/pf1.xml", "paris/pf1.xml"],
  ["../paris/pf1.xml", "../paris/pf1.xml", "../paris/pf1.xml"],
  ["/srv/cfg/pf1.xml", "/srv/cfg/pf1.xml", "file:///srv/cfg/pf1.xml"],
  ["//srv/pf1.xml", "//srv/pf1.xml", "file:////srv/pf1.xml"],
  ["Haus Köln/pf 1.xml", "Haus Köln/pf 1.xml", "Haus%20K%C3%B6ln/pf%201.xml"],
  ["日本/pf1#a?b.xml", "日本/pf1#a?b.xml", "%E6%97%A5%E6%9C%AC/pf1%23a%3Fb.xml"],
  ["a:b.xml", "a:b.xml", "a%3Ab.xml"],
  ["dir/back\\slash.xml", "dir/back\\slash.xml", "dir/back%5Cslash.xml"],
  ["C:\\cfg\\pf1.xml", "C:/cfg/pf1.xml", "file:///C:/cfg/pf1.xml"],
  ["c:/cfg/pf1.xml", "c:/cfg/pf1.xml", "file:///c:/cfg/pf1.xml"],
  ["C:/cfg\\pf1.xml", "C:/cfg/pf1.xml", "file:///C:/cfg/pf1.xml"],
  ["C:\\Program Files\\Köln\\pf1.xml", "C:/Program Files/Köln/pf1.xml", "file:///C:/Program%20Files/K%C3%B6ln/pf1.xml"],
  ["\\\\server\\share\\pf1.xml", "//server/share/pf1.xml", "file://server/share/pf1.xml"],
  ["\\\\server\\share\\a b\\pf1.xml", "//server/share/a b/pf1.xml", "file://server/share/a%20b/pf1.xml"],
  ["\\\\?\\C:\\cfg\\pf1.xml", "C:/cfg/pf1.xml", "file:///C:/cfg/pf1.xml"],
  ["\\\\?\\UNC\\server\\share\\pf1.xml", "//server/share/pf1.xml", "file://server/share/pf1.xml"],
  [".\\paris\\pf1.xml", "paris/pf1.xml", "paris/pf1.xml"],
  ["..\\paris\\pf1.xml", "../paris/pf1.xml", "../paris/pf1.xml"],
  ["paris\\pf1.xml", "paris/pf1.xml", "paris/pf1.xml"],
] as const;

test.for(paths)("%s has forward slashes, and is a URI reference", ([path, clean, uri]) => {
  expect([slashes(path), pathUri(path)]).toEqual([clean, uri]);
  if (uri.startsWith("file:")) expect(new URL(uri).href).toBe(uri);
  else expect(new URL(uri, "file:///x/y/").href).not.toMatch(/[#?]/);
});

/** A run with one diagnostic in a file of that path. */
function runAbout(path: string): Run {
  const source = new Source(path, "<pfsense>\n<a>1</a>\n</pfsense>\n");
  const at = source.span(13, 14);
  const diagnostic: Diagnostic = {
    rule: "carp-advskew-order",
    severity: "error",
    at,
    node: "secondary",
    path: "/pfsense/a",
    subject: "vip/wan/10",
    message: "expected 0, found 1",
    related: [{ at, message: "here, too" }],
    fix: { title: "Set 0", safe: true, edits: [{ at, text: "0" }] },
    help: undefined,
  };
  const report: Report = {
    name: undefined,
    primary: { source: new Source("other.xml", ""), name: "a", version: "23.3" },
    secondary: { source, name: "b", version: "23.3" },
    rolesFrom: "target",
    diagnostics: [diagnostic],
    accepted: [],
    rulesChecked: 1,
    notApplicable: [],
    notes: [],
    readable: true,
    secrets: [],
    rules: new Map(),
  };
  return runOf([report], 1);
}

describe.for(paths)("in a report about %s", ([path, clean, uri]) => {
  const render = async (format: string): Promise<string> => (await formats.get(format)!())(runAbout(path));

  test("SARIF has the URI, relative to the root only if it is relative", async () => {
    const [result] = JSON.parse(await render("sarif")).runs[0].results;
    const absolute = uri.startsWith("file:");
    const artifact = absolute ? { uri } : { uri, uriBaseId: "%SRCROOT%" };
    expect(result.locations[0].physicalLocation.artifactLocation).toEqual(artifact);
    expect(result.relatedLocations[0].physicalLocation.artifactLocation).toEqual(artifact);
    expect(result.fixes[0].artifactChanges[0].artifactLocation).toEqual(artifact);
  });

  test("GitHub and GitLab have forward slashes", async () => {
    const [, file = ""] = /^::error file=([^,]*),/.exec(await render("github")) ?? [];
    expect(decodeURIComponent(file)).toBe(clean);
    expect(JSON.parse(await render("gitlab"))[0].location.path).toBe(clean);
  });

  test("what people and editors read has it as it was given", async () => {
    const pattern = /^(.+?):(\d+):(\d+): (error|warning|info): (.*) \[([a-z0-9-]+)\]$/m;
    for (const format of ["text", "compact"]) {
      expect(pattern.exec(await render(format))?.slice(1, 4)).toEqual([path, "2", "4"]);
    }
    const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" });
    const files = parser.parse(await render("checkstyle")).checkstyle.file as { name: string }[];
    expect(files.map(({ name }) => name)).toContain(path);
    expect(JSON.parse(await render("json")).clusters[0].diagnostics[0].file).toBe(path);
    for (const format of ["junit", "markdown", "html"]) {
      expect((await render(format)).replaceAll("&apos;", "'"), format).toContain(`${path}:2:4`);
    }
  });
});
