import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../src/cli/main.ts";
import { clusterOf } from "../../src/cluster/cluster.ts";
import { lintCluster } from "../../src/lint.ts";
import { parseConfig } from "../../src/model/config.ts";
import { decode } from "../../src/parser/decode.ts";
import { formats } from "../../src/report/index.ts";
import { rules } from "../../src/rules/index.ts";
import { broken } from "./broken.ts";
import { type FuzzInput, writeFuzzInput } from "./fuzz-input.ts";

const pair = ["primary.xml", "secondary.xml"];
const wired = [...pair, "--proxmox", "proxmox", "--no-config"];
const packet = "--interface wan --protocol tcp --source 203.0.113.9 --destination 198.51.100.10 --port 443".split(" ");

/** Command lines over a folder of an input; `out.xml` is what they write. */
const commandLines: readonly (readonly string[])[] = [
  ...[...formats.keys()].map((format) => ["check", ...pair, "--no-config", "-f", format]),
  ["check", ...pair, "--no-config", "-v"],
  ["check", ...wired],
  ["check", ...wired, "-f", "html"],
  ["check", ...pair, "--config", "pfha-lint.yaml"],
  ["check", "--config", "pfha-lint.yaml", "-f", "json"],
  ["staged", "primary.xml"],
  ["fix", ...pair, "--no-config", "--unsafe", "--node", "both"],
  ["fix", ...pair, "--no-config", "--unsafe", "-o", "out.xml"],
  ["fix", ...pair, "--no-config", "--check", "--show-secrets"],
  ["fix", ...pair, "--no-config", "--write", "--unsafe", "--node", "both"],
  ["compile", "primary.xml", "--no-config", "--node", "secondary.xml", "-o", "out.xml"],
  ["compile", "primary.xml", "--no-config", "--node", "node.yaml", "-o", "out.xml"],
  ["compile", "primary.xml", "--no-config", "--init"],
  ["plan", ...pair],
  ["plan", ...pair, "-f", "json", "-o", "out.xml"],
  ["simulate", ...pair, "-v"],
  ["simulate", ...pair, "-f", "json"],
  ["ast", "primary.xml"],
  ["ast", "secondary.xml", "--config-version", "22.9"],
  ["trace", "primary.xml", ...packet],
  ["trace", "secondary.xml", "--queries", "queries.yaml", "-f", "json"],
  ["accept", ...pair, "--reason", "so it is", "--config", "pfha-lint.yaml"],
  ["init"],
];

/** The exit codes that an input may lead to: 70 is a bug. */
const allowed = new Set([0, 1, 2, 3]);

/** Runs one of the command lines, chosen by a number; what it writes loads and can be linted. */
export async function checkCommandLine(input: FuzzInput, choice: number): Promise<void> {
  const args = commandLines[choice % commandLines.length]!;
  const folder = mkdtempSync(join(tmpdir(), "pfha-fuzz-"));
  try {
    mkdirSync(join(folder, "proxmox"));
    writeFuzzInput(folder, input);
    const { code, stderr } = await runIn(folder, args);
    const command = args.filter((word) => !packet.includes(word)).join(" ");
    if (!allowed.has(code)) broken(`exit code ${code} of ${args[0]}: ${bugPlace(stderr)}`, `${command}\n${stderr}`);
    const written = args.includes("--write") ? pair : existsSync(join(folder, "out.xml")) ? ["out.xml"] : [];
    if (code === 0 && written.length > 0) await checkWritten(folder, written, args);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runIn(cwd: string, args: readonly string[]): Promise<{ code: number; stderr: string }> {
  let stderr = "";
  const code = await main(args, {
    stdout: { write: () => undefined, isTerminal: false },
    stderr: {
      write: (text) => {
        stderr += text;
      },
      isTerminal: false,
    },
    env: {},
    cwd,
    now: () => new Date("2026-11-24T12:00:00"),
    readStdin: async () => new Uint8Array(),
  });
  return { code, stderr };
}

const bugPlace = (stderr: string): string => {
  const rejected = /nothing was written: .*?: ([a-z ]+)/.exec(stderr)?.[1];
  return rejected ?? /at (?:async )?([\w.#<>[\] ]+?) \(/.exec(stderr)?.[1] ?? "";
};

async function checkWritten(folder: string, names: readonly string[], args: readonly string[]): Promise<void> {
  const configs = names.map((name) => parseConfig(decode(name, readFileSync(join(folder, name)))));
  if (!configs.every(({ loads }) => loads)) broken(`${args[0]} wrote what does not load`);
  const first =
    configs.length === 2 ? configs[0]! : parseConfig(decode("primary.xml", readFileSync(join(folder, "primary.xml"))));
  await lintCluster(clusterOf(first, configs.at(-1)!), rules);
}
