import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { count, printable } from "../../report/printable.ts";
import { configNames } from "../find-config.ts";
import { findPairs } from "../find-pairs.ts";
import { exitCodes, InputError, type Io } from "../io.ts";
import type { Arguments } from "../options.ts";
import { version } from "../version.ts";
import { tasks } from "../vscode.ts";

/** Writes what a repository of exports needs. It asks nothing, and overwrites nothing. */
export async function init(_: Arguments, io: Io): Promise<number> {
  const pairs = findPairs(io.cwd);
  for (const { name, primary, secondary } of pairs) {
    io.stdout.write(`found ${printable(name)}: ${printable(primary)} (primary) and ${printable(secondary)}\n`);
  }
  if (pairs.length === 0) io.stdout.write("found no pair among the XML files here; list your clusters by hand\n");
  const present = configNames.find((name) => existsSync(join(io.cwd, name)));
  if (present === undefined) write("pfha-lint.yaml", configText(pairs), io);
  else io.stdout.write(`kept ${present}\n`);
  preCommit(io);
  writeNew(".vscode/tasks.json", `${JSON.stringify(tasks, undefined, 2)}\n`, "pfha-lint", io);
  io.stdout.write(`${count(pairs.length, "cluster")}; \`pfha-lint check\` lints them\n`);
  return exitCodes.ok;
}

function configText(pairs: ReturnType<typeof findPairs>): string {
  const clusters = Object.fromEntries(pairs.map(({ name, primary, secondary }) => [name, { primary, secondary }]));
  const list =
    pairs.length === 0
      ? "#  paris: { primary: paris/pf1.xml, secondary: paris/pf2.xml }\n"
      : stringify(clusters, { lineWidth: 0 }).replace(/^(?=.)/gm, "  ");
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
  else if (readFileSync(path, "utf8").includes("pfha-lint")) io.stdout.write(`kept ${name}\n`);
  else io.stdout.write(`kept ${name}; add to its repos:\n${preCommitBlock}`);
}

function writeNew(name: string, text: string, mark: string, io: Io): void {
  const path = join(io.cwd, name);
  if (!existsSync(path)) write(name, text, io);
  else if (readFileSync(path, "utf8").includes(mark)) io.stdout.write(`kept ${name}\n`);
  else io.stdout.write(`kept ${name}; add its tasks from docs/vscode.md\n`);
}

function write(name: string, text: string, io: Io): void {
  const path = join(io.cwd, name);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    throw new InputError(`${name}: cannot be written: ${(error as NodeJS.ErrnoException).code}`, { cause: error });
  }
  io.stdout.write(`wrote ${name}\n`);
}
