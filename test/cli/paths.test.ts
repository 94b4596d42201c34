import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix, win32 } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { loadConfigFile } from "../../src/cli/config-file.ts";
import { findPairs } from "../../src/cli/find-pairs.ts";
import { shownPath } from "../../src/cli/paths.ts";
import { cli } from "../support/cli.ts";
import { small } from "../support/pair.ts";
import { folder } from "../support/run.ts";

test.for([
  ["/srv/cfg/pf1.xml", "/srv/cfg", "pf1.xml"],
  ["paris/pf1.xml", "/srv/cfg", "paris/pf1.xml"],
  ["/srv/Haus Köln/pf 1.xml", "/srv", "Haus Köln/pf 1.xml"],
  ["/srv/cfg/pf1.xml", "/srv/a/b/c", "../../../cfg/pf1.xml"],
  ["/srv/cfg/pf1.xml", "/srv/a/b/c/d", "/srv/cfg/pf1.xml"],
  ["/srv/cfg/-", "/srv/cfg", "./-"],
  ["/srv/cfg", "/srv/cfg", "/srv/cfg"],
  ["/srv/back\\slash.xml", "/srv", "back\\slash.xml"],
] as const)("%s, seen from %s, is shown as %s", ([path, cwd, shown]) => {
  expect(shownPath(path, cwd, posix)).toBe(shown);
});

test.for([
  ["C:\\cfg\\pf1.xml", "C:\\cfg", "pf1.xml"],
  ["C:/cfg/pf1.xml", "C:\\cfg", "pf1.xml"],
  ["c:\\CFG\\pf1.xml", "C:\\cfg", "pf1.xml"],
  ["paris/pf1.xml", "C:\\cfg", "paris\\pf1.xml"],
  ["C:\\Haus Köln\\pf 1.xml", "C:\\", "Haus Köln\\pf 1.xml"],
  ["C:\\cfg\\pf1.xml", "C:\\a\\b\\c", "..\\..\\..\\cfg\\pf1.xml"],
  ["C:\\cfg\\pf1.xml", "C:\\a\\b\\c\\d", "C:\\cfg\\pf1.xml"],
  ["D:\\cfg\\pf1.xml", "C:\\cfg", "D:\\cfg\\pf1.xml"],
  ["\\\\server\\share\\pf1.xml", "C:\\cfg", "\\\\server\\share\\pf1.xml"],
  ["\\\\server\\share\\paris\\pf1.xml", "\\\\server\\share\\", "paris\\pf1.xml"],
  ["C:\\cfg\\-", "C:\\cfg", ".\\-"],
] as const)("on Windows %s, seen from %s, is shown as %s", ([path, cwd, shown]) => {
  expect(shownPath(path, cwd, win32)).toBe(shown);
});

/** Names that are awkward in a shell, in YAML, or in a URL. */
const awkward = ["Haus Köln", "日本 #1", "- a: b", 'it\'s "so"', "%20", "..."];

test.for(awkward)("a configuration file finds its files beside it, in a folder called %s", async (name) => {
  const cwd = folder();
  const below = join(cwd, "sites", name);
  mkdirSync(below, { recursive: true });
  for (const role of ["primary", "secondary"] as const) writeFileSync(join(below, `${role}.xml`), small[role]);
  writeFileSync(
    join(cwd, "sites", "pfha-lint.yaml"),
    `clusters: ${JSON.stringify({ [name]: { primary: `${name}/primary.xml`, secondary: `${name}/secondary.xml` } })}\n`,
  );
  const [cluster] = loadConfigFile(join(cwd, "sites", "pfha-lint.yaml"), cwd).clusters;
  expect(cluster).toMatchObject({ name, primary: join(below, "primary.xml"), secondary: join(below, "secondary.xml") });
  // From the folder above, below and beside.
  for (const [from, shown] of [
    [cwd, `sites/${name}/primary.xml`],
    [below, "primary.xml"],
    [dirname(cwd), join(cwd.slice(dirname(cwd).length + 1), "sites", name, "primary.xml")],
  ] as const) {
    const { code, stdout } = await cli(["check", "-c", join(cwd, "sites", "pfha-lint.yaml"), "-f", "json"], {
      cwd: from,
    });
    expect(code).toBe(0);
    expect(JSON.parse(stdout).clusters[0]).toMatchObject({ name, primary: { file: shown } });
  }
});

test.for(awkward)("init writes down a pair in a folder called %s so that check finds it", async (name) => {
  const cwd = folder();
  mkdirSync(join(cwd, name));
  for (const role of ["primary", "secondary"] as const) writeFileSync(join(cwd, name, `${role}.xml`), small[role]);
  const pair = { primary: `${name}/primary.xml`, secondary: `${name}/secondary.xml` };
  expect(findPairs(cwd)).toEqual({ pairs: [{ name, ...pair }], alone: [] });
  expect((await cli(["init"], { cwd })).code).toBe(0);
  const { clusters } = loadConfigFile(join(cwd, "pfha-lint.yaml"), cwd);
  expect(clusters).toMatchObject([{ name, primary: join(cwd, pair.primary), secondary: join(cwd, pair.secondary) }]);
  expect(await cli(["check"], { cwd })).toMatchObject({ code: 0, stderr: "" });
});

test("what init writes for pre-commit matches exports and configuration files, wherever and whatever they are called", async () => {
  const cwd = folder();
  await cli(["init"], { cwd });
  const { repos } = parse(readFileSync(join(cwd, ".pre-commit-config.yaml"), "utf8"));
  // pre-commit is a Python program, and gives names with forward slashes on every system.
  const pattern = new RegExp(repos[0].hooks[0].files, "u");
  for (const name of [...awkward.map((one) => `${one}/pf1.xml`), "pf1.xml", "pfha-lint.yaml", "a b/pfha-lint.jsonc"]) {
    expect(pattern.test(name), name).toBe(true);
  }
  for (const name of ["pf1.xml.orig", "xml", "my-pfha-lint.yaml", "pfha-lint.yaml.bak", "report.json"]) {
    expect(pattern.test(name), name).toBe(false);
  }
});
