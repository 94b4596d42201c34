import { readdirSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { expect, test } from "vitest";
import { root } from "./support/pair.ts";

/** Who may import whom, below src/. A file at the root is a layer of its own; so is a folder. Layers may import themselves. */
const layers: Readonly<Record<string, readonly string[]>> = {
  source: [],
  diagnostic: ["source"],
  plan: ["source", "diagnostic"],
  simulation: ["diagnostic"],
  trace: ["source"],
  picture: ["simulation"],
  parser: ["source"],
  model: ["source", "diagnostic", "parser"],
  cluster: ["source", "diagnostic", "model"],
  behaviour: ["source", "diagnostic", "plan", "simulation", "trace", "model", "cluster"],
  rules: ["source", "diagnostic", "model", "cluster", "behaviour"],
  lint: ["source", "diagnostic", "model", "cluster", "behaviour", "rules"],
  emit: ["source", "diagnostic"],
  compile: ["source", "diagnostic", "model", "cluster", "behaviour", "rules", "lint", "fix"],
  fix: ["source", "diagnostic", "parser", "model", "cluster", "rules", "lint", "emit"],
  report: ["source", "diagnostic", "plan", "simulation", "trace", "picture"],
  library: ["source", "diagnostic", "parser", "model", "cluster", "rules", "lint", "emit", "fix", "compile"],
  index: [
    "library",
    "source",
    "diagnostic",
    "plan",
    "simulation",
    "trace",
    "model",
    "cluster",
    "behaviour",
    "rules",
    "lint",
    "fix",
    "compile",
  ],
  cli: [
    "source",
    "diagnostic",
    "plan",
    "simulation",
    "trace",
    "picture",
    "parser",
    "model",
    "cluster",
    "behaviour",
    "rules",
    "lint",
    "emit",
    "fix",
    "compile",
    "report",
  ],
};

const src = new URL("src", root).pathname;
const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
const layerOf = (file: string): string => (file.split("/")[0] ?? "").replace(/\.ts$/, "");

function importsOf(file: string): string[] {
  const text = readFileSync(`${src}/${file}`, "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(([, name]) => name ?? "");
}

test("the table of layers and the folders of src agree", () => {
  expect([...new Set(files.map(layerOf))].sort()).toEqual(Object.keys(layers).sort());
});

test.for(files)("%s imports only what its layer may", (file) => {
  const allowed = [layerOf(file), ...(layers[layerOf(file)] ?? [])];
  const local = importsOf(file).filter((name) => name.startsWith("."));
  const found = local.map((name) => layerOf(relative(src, resolve(src, dirname(file), name))));
  expect(found.filter((layer) => !allowed.includes(layer) && layer !== "..")).toEqual([]);
});

test("only the command line touches Node", () => {
  const touching = files.filter((file) => importsOf(file).some((name) => name.startsWith("node:")));
  expect(touching.filter((file) => layerOf(file) !== "cli")).toEqual([]);
  expect(touching).not.toEqual([]);
});

test("a rule sees no other rule, and no XML", () => {
  const rules = files.filter((file) => layerOf(file) === "rules" && file !== "rules/index.ts");
  for (const file of rules) {
    const others = importsOf(file).filter((name) => /^\.\/(?!_|rule\.ts)/.test(name));
    expect(others, file).toEqual([]);
  }
});

test("one file writes to the disk, and it never does so in place", () => {
  const writing =
    /\b(?:appendFile|copyFile|cp|createWriteStream|link|mkdir|mkdtemp|open|rename|rm|rmdir|symlink|truncate|unlink|write|writeFile|writev)(?:Sync)?\b/;
  const names = (file: string): string =>
    [...readFileSync(`${src}/${file}`, "utf8").matchAll(/import ([^;]*) from "node:fs(?:\/promises)?"/g)]
      .map(([, imported]) => imported)
      .join();
  const writers = files.filter((file) => writing.test(names(file)) || names(file).includes("*"));
  expect(writers).toEqual(["cli/write.ts"]);
});
