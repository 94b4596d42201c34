import { expect, test } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { parseArguments } from "../../src/cli/options.ts";
import { quickArguments } from "../../src/cli/quick.ts";

const names = new Set(commands.map(({ name }) => name));

test.for([
  ["a.xml", "b.xml"],
  ["-q", "a.xml", "b.xml"],
  ["a.xml", "--no-verify-passwords", "b.xml", "-v"],
  ["--no-config", "--timing", "a b.xml", "c.xml"],
])("understands %j as the parser of options does", async (...argv) => {
  const words = argv.flat().filter((word): word is string => typeof word === "string");
  const quick = quickArguments(words, names);
  const parsed = await parseArguments(words);
  expect(parsed.command.name).toBe("check");
  expect(parsed.args).toMatchObject(quick ?? { quick: "missing" });
});

test.for([
  [["check", "a.xml", "b.xml"]],
  [["a.xml"]],
  [["a.xml", "b.xml", "c.xml"]],
  [["a.xml", "b.xml", "--format", "json"]],
  [["a.xml", "-"]],
  [["ast", "b.xml"]],
  [["--help"]],
  [[]],
])("leaves %j to the parser of options", ([argv]) => {
  expect(quickArguments(argv ?? [], names)).toBeUndefined();
});

test.for([
  [["--only", "a-b", "c-d,e-f", "a.xml", "b.xml"], { only: ["a-b", "c-d,e-f"] }],
  [["--proxmox", "pve1/", "114.conf", "a.xml", "b.xml"], { proxmox: ["pve1/", "114.conf"] }],
  [["a.xml", "b.xml", "--proxmox", "pve1", "--only", "a-b"], { only: ["a-b"], proxmox: ["pve1"] }],
  [["--proxmox", "pve1", "-q", "a.xml", "b.xml"], { proxmox: ["pve1"], quiet: true }],
] as const)("tells the files of a pair from what options take: %j", async ([words, options]) => {
  const { args } = await parseArguments(words);
  expect(args).toMatchObject({ first: "a.xml", second: "b.xml", ...options });
});
