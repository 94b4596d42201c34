import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { root } from "../support/pair.ts";

const json = (path: string): unknown => JSON.parse(readFileSync(new URL(path, root), "utf8"));

interface Manifest {
  readonly version: string;
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}

const manifest = json("package.json") as Manifest;
const locked = Object.entries((json("package-lock.json") as { packages: Record<string, Locked> }).packages).filter(
  ([path]) => path !== "",
);

/** Whose code is bundled. A name that is new here is code that all users run: look at it, and at its licence. */
const bundled = [
  "@nodable/entities",
  "@oozcitak/dom",
  "@oozcitak/infra",
  "@oozcitak/url",
  "@oozcitak/util",
  "ajv",
  "ansi-regex",
  "ansi-styles",
  "anynum",
  "bcryptjs",
  "chalk",
  "cliui",
  "diff",
  "emoji-regex",
  "escalade",
  "fast-deep-equal",
  "fast-xml-parser",
  "get-caller-file",
  "get-east-asian-width",
  "is-unsafe",
  "js-yaml",
  "path-expression-matcher",
  "string-width",
  "strip-ansi",
  "strnum",
  "wrap-ansi",
  "xml-naming",
  "xmlbuilder2",
  "y18n",
  "yaml",
  "yargs",
  "yargs-parser",
];

test("whoever installs pfha-lint installs nothing else, and runs nothing at that", () => {
  const kinds = Object.keys(manifest).filter((key) => /dependencies/i.test(key));
  expect(kinds).toEqual(["devDependencies"]);
  expect(
    Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?install$|^(?:pre|post)pack$/.test(name)),
  ).toEqual([]);
});

test("what is bundled, and what builds and tests it, is chosen by name", () => {
  expect(Object.keys(manifest.devDependencies)).toEqual([
    "@biomejs/biome",
    "@microsoft/jest-sarif",
    "@rushstack/problem-matcher",
    "@types/bcryptjs",
    "@types/node",
    "@types/yargs",
    "ajv",
    "ajv-formats",
    "bcryptjs",
    "chalk",
    "diff",
    "esbuild",
    "fast-check",
    "fast-xml-parser",
    "playwright-core",
    "rolldown",
    "typescript",
    "vitest",
    "xmlbuilder2",
    "yaml",
    "yargs",
  ]);
  for (const range of Object.values(manifest.devDependencies)) expect(range).toMatch(/^\^?\d+\.\d+\.\d+(?:-[\w.]+)?$/);
});

test("the lock file names the content of every package, from npm's registry, and one that runs something", () => {
  expect(locked.length).toBeGreaterThan(100);
  for (const [path, { integrity, resolved, link }] of locked) {
    expect({ path, integrity }).toEqual({ path, integrity: expect.stringMatching(/^sha512-[\w+/]{86}==$/) });
    expect(resolved ?? "https://registry.npmjs.org/", path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
    expect(link, path).toBeUndefined();
  }
  // It puts the program for this system in the place of a slower one.
  expect(locked.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path)).toEqual([
    "node_modules/esbuild",
  ]);
});

test("the built program imports itself and Node, nothing else", async () => {
  const { metafile } = await build({
    entryPoints: ["cli", "worker", "index"].map((name) => fileURLToPath(new URL(`dist/${name}.js`, root))),
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    packages: "external",
    outdir: "unused",
    logLevel: "error",
  });
  const outside = Object.values(metafile.inputs).flatMap(({ imports }) =>
    imports.filter(({ external }) => external).map(({ path }) => path),
  );
  expect(outside).toContain("node:fs");
  expect(outside.filter((path) => !isBuiltin(path))).toEqual([]);
  expect(Object.keys(metafile.inputs).filter((path) => path.includes("node_modules"))).toEqual([]);
});

test("the licences of all that is bundled go with it", () => {
  const notices = readFileSync(new URL("dist/THIRD-PARTY-LICENSES.txt", root), "utf8");
  const [, ...sections] = notices.split(/^== /m);
  const names = sections.map((section) => section.slice(0, section.indexOf(" ")));
  expect([...new Set(names)]).toEqual(bundled);
  for (const section of sections) {
    expect(section).toMatch(/^\S+ \d+\.\d+\.\d+ \((?:MIT|ISC|BSD-3-Clause)\)\n\n/);
    expect(section).toMatch(/copyright/i);
    expect(section.replace(/\s+/g, " ")).toMatch(
      /permission (?:is hereby granted|to use, copy)|Redistribution and use/i,
    );
  }
});

test("npm run sbom lists what is bundled, and nothing else, as CycloneDX has it", () => {
  const bill = JSON.parse(execFileSync("npm", ["run", "--silent", "sbom"], { cwd: root, encoding: "utf8" }));
  expect(bill).toMatchObject({
    bomFormat: "CycloneDX",
    specVersion: expect.stringMatching(/^1\.\d$/),
    serialNumber: expect.stringMatching(/^urn:uuid:[\da-f-]{36}$/),
    version: 1,
    metadata: {
      component: { name: "pfha-lint", version: manifest.version, purl: `pkg:npm/pfha-lint@${manifest.version}` },
    },
  });
  const components = bill.components as { name: string; version: string; "bom-ref": string }[];
  expect([...new Set(components.map(({ name }) => name))].sort()).toEqual(bundled);
  for (const component of components) {
    expect(component).toMatchObject({
      type: "library",
      scope: "required",
      purl: `pkg:npm/${component.name.replace("@", "%40")}@${component.version}`,
      hashes: [{ alg: "SHA-512", content: expect.stringMatching(/^[\da-f]{128}$/) }],
      licenses: [{ license: { id: expect.stringMatching(/^(?:MIT|ISC|BSD-3-Clause)$/) } }],
    });
  }
  const refs = [bill.metadata.component["bom-ref"], ...components.map((component) => component["bom-ref"])];
  expect(new Set(refs).size).toBe(refs.length);
  for (const { ref, dependsOn } of bill.dependencies) {
    for (const one of [ref, ...dependsOn]) expect(refs).toContain(one);
  }
  expect(JSON.stringify(bill)).not.toContain("development");
});
