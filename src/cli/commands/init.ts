import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { count, printable } from "../../report/printable.ts";
import { loadConfigFile } from "../config-file.ts";
import { configNames } from "../find-config.ts";
import { type FoundPair, findPairs } from "../find-pairs.ts";
import { readFile } from "../input.ts";
import { exitCodes, type Io, UsageError } from "../io.ts";
import type { Arguments } from "../options.ts";
import { version } from "../version.ts";
import { tasks } from "../vscode.ts";
import { writeFile } from "../write.ts";

/** Writes what a repository of exports needs. It asks nothing, and overwrites nothing. */
export async function init(_: Arguments, io: Io): Promise<number> {
  const { pairs, alone } = findPairs(io.cwd);
  for (const { name, primary, secondary } of pairs) {
    io.stdout.write(`found ${printable(name)}: ${printable(primary)} (primary) and ${printable(secondary)}\n`);
  }
  for (const { path, reason } of alone) io.stdout.write(`not paired: ${printable(path)}: ${printable(reason)}\n`);
  if (pairs.length === 0) io.stdout.write("found no pair among the XML files here; list your clusters by hand\n");
  const present = configNames.find((name) => existsSync(join(io.cwd, name)));
  if (present === undefined) write("pfha-lint.yaml", configText(pairs), io);
  else keepConfig(present, pairs, io);
  preCommit(io);
  writeNew(".vscode/tasks.json", `${JSON.stringify(tasks, undefined, 2)}\n`, "pfha-lint", io);
  io.stdout.write(
    `${count(pairs.length, "cluster")} found; \`pfha-lint check\` lints those of the configuration file\n`,
  );
  return exitCodes.ok;
}

/** Says which pairs the file that is there does not list. One that is wrong is not ours to judge: `check` will. */
function keepConfig(name: string, pairs: readonly FoundPair[], io: Io): void {
  io.stdout.write(`kept ${name}\n`);
  let listed: ReadonlySet<string>;
  try {
    const { clusters } = loadConfigFile(join(io.cwd, name), io.cwd);
    listed = new Set(clusters.flatMap(({ primary, secondary }) => [primary, secondary]));
  } catch (error) {
    if (error instanceof UsageError) return;
    throw error;
  }
  const missing = pairs.filter(({ primary, secondary }) =>
    [primary, secondary].some((file) => !listed.has(resolve(io.cwd, file))),
  );
  if (missing.length > 0) io.stdout.write(`add to its clusters:\n${clusterLines(missing)}`);
}

const clusterLines = (pairs: readonly FoundPair[]): string =>
  stringify(Object.fromEntries(pairs.map(({ name, ...files }) => [name, files])), { lineWidth: 0 }).replace(
    /^(?=.)/gm,
    "  ",
  );

function configText(pairs: readonly FoundPair[]): string {
  const list =
    pairs.length === 0 ? "#  paris: { primary: paris/pf1.xml, secondary: paris/pf2.xml }\n" : clusterLines(pairs);
  return `# yaml-language-server: $schema=https://unpkg.com/pfha-lint@${version}/schema/config.schema.json
# The clusters that \`pfha-lint check\` lints; paths are relative to this file.
clusters:${pairs.length === 0 ? " {}" : ""}
${list}
# Severities and options of rules; \`pfha-lint rules\` lists them, \`pfha-lint explain RULE\` tells what one is about.
rules: {}

# Mildest severity that makes exit code 1.
failOn: error

# What you choose to keep; \`pfha-lint accept --reason "…"\` writes it.
accepted: []
`;
}

/** The block of .pre-commit-config.yaml; the program itself comes from the npm registry. */
const preCommitBlock = `  - repo: local
    hooks:
      - id: pfha-lint
        name: pfha-lint
        entry: pfha-lint staged
        language: node
        additional_dependencies: ["pfha-lint@${version}"]
        always_run: true
        require_serial: true
        files: '(\\.xml|(^|/)pfha-lint\\.(yaml|yml|json|jsonc))$'
`;

function preCommit(io: Io): void {
  const name = ".pre-commit-config.yaml";
  const path = join(io.cwd, name);
  if (!existsSync(path)) write(name, `repos:\n${preCommitBlock}`, io);
  else if (holds(name, "pfha-lint", io)) io.stdout.write(`kept ${name}\n`);
  else io.stdout.write(`kept ${name}; add to its repos:\n${preCommitBlock}`);
}

const holds = (name: string, text: string, { cwd }: Io): boolean =>
  new TextDecoder().decode(readFile(name, cwd)).includes(text);

function writeNew(name: string, text: string, mark: string, io: Io): void {
  const path = join(io.cwd, name);
  if (!existsSync(path)) write(name, text, io);
  else if (holds(name, mark, io)) io.stdout.write(`kept ${name}\n`);
  else io.stdout.write(`kept ${name}; add its tasks from docs/vscode.md\n`);
}

function write(name: string, text: string, io: Io): void {
  writeFile(name, join(io.cwd, name), new TextEncoder().encode(text), { folders: true, fresh: true });
  io.stdout.write(`wrote ${name}\n`);
}
