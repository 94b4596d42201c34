import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../support/pair.ts";

/** The package as users get it, unpacked alone: no sources and no node_modules beside it. */
const folder = mkdtempSync(join(tmpdir(), "pfha-package-"));
const program = join(folder, "package", "bin", "pfha-lint.js");

beforeAll(() => {
  const pack = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  const name = execFileSync("npm", pack, { cwd: root, encoding: "utf8" }).trim();
  execFileSync("tar", ["xzf", name], { cwd: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]): string =>
  execFileSync(process.execPath, [program, ...args], { cwd: folder, encoding: "utf8" });

test("holds the program, the schemas and the pages, and no source of its tests", () => {
  expect(readdirSync(join(folder, "package")).sort()).toEqual(
    expect.arrayContaining(["bin", "dist", "docs", "package.json", "schema"]),
  );
  expect(readdirSync(join(folder, "package"))).not.toEqual(expect.arrayContaining(["test"]));
});

test("explains a rule offline", () => {
  expect(run("explain", "carp-advskew-order")).toMatch(/^carp-advskew-order\n\nThe secondary advertises/);
});

test("lints a pair and validates a configuration file without its dependencies beside it", () => {
  const pair = ["primary", "secondary"].map((role) => new URL(`fixtures/pairs/small/${role}.xml`, root).pathname);
  writeFileSync(join(folder, "pfha-lint.yaml"), "rules: { version-match: off }\n");
  expect(run(...pair)).toContain("no problems");
  expect(run(...pair, "--format", "sarif")).toContain('"version": "2.1.0"');
});
