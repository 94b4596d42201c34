import { commonOptions } from "../common-options.ts";
import type { Command } from "./command.ts";

export type { Command } from "./command.ts";

const common = (...names: readonly string[]): Command["options"] =>
  Object.fromEntries(Object.entries(commonOptions).filter(([name]) => names.includes(name)));

/** All commands; the first is the one that runs when none is named. The code of a command is loaded when it runs. */
export const commands: readonly Command[] = [
  {
    name: "check",
    usage: "[check] [<pf1.xml> <pf2.xml>]",
    summary: "Lints a pair of pfSense configurations; without files, every cluster of the configuration file.",
    positionals: { names: ["first", "second"], optional: 2 },
    options: {
      ...commonOptions,
      watch: { type: "boolean", describe: "Lint again whenever a file changes" },
      shard: { type: "string", describe: "I/N: only the I-th of N parts of the configured clusters" },
    },
    run: async (args, io) => (await import("./check.ts")).check(args, io),
  },
  {
    name: "accept",
    usage: "accept [<pf1.xml> <pf2.xml>] --reason TEXT",
    summary:
      "Records today's diagnostics in the configuration file as accepted; --prune removes entries that accept nothing.",
    positionals: { names: ["first", "second"], optional: 2 },
    options: {
      reason: { type: "string", describe: "Why they are right as they are" },
      until: { type: "string", describe: "Last day on which they are accepted, as 2027-06-30" },
      subject: { type: "string", array: true, nargs: 1, describe: "Accept this subject only; may be repeated" },
      prune: { type: "boolean", describe: "Remove entries that accept nothing, and nothing else" },
      ...common("only", "config", "primary", "proxmox", "no-verify-passwords"),
    },
    run: async (args, io) => (await import("./accept.ts")).accept(args, io),
  },
  {
    name: "plan",
    usage: "plan <pf1.xml> <pf2.xml>",
    summary: "Says what the next XMLRPC sync would add, change and delete on the secondary.",
    positionals: { names: ["first", "second"] },
    options: {
      format: { alias: "f", choices: ["text", "json"], describe: "How it is printed (default: text)" },
      output: {
        alias: "o",
        type: "string",
        describe: "Write the secondary there as it would be after that sync, - for standard output",
      },
      "exit-code": { type: "boolean", describe: "Exit with 1 if something would change" },
      ...common("primary", "color"),
    },
    run: async (args, io) => (await import("./plan.ts")).plan(args, io),
  },
  {
    name: "simulate",
    usage: "simulate <pf1.xml> <pf2.xml>",
    summary: "Tells who is master of what in every failover scenario, and what breaks.",
    positionals: { names: ["first", "second"] },
    options: {
      format: { alias: "f", choices: ["text", "json"], describe: "How it is printed (default: text)" },
      ...common("config", "no-config", "primary", "proxmox"),
      color: { choices: ["auto", "always", "never"], describe: "Colours in the text (default: auto)" },
      verbose: { alias: "v", type: "boolean", describe: "Also say why each VIP is where it is" },
    },
    run: async (args, io) => (await import("./simulate.ts")).simulate(args, io),
  },
  {
    name: "fix",
    usage: "fix <pf1.xml> <pf2.xml>",
    summary: "Shows the corrected secondary as a unified diff, or writes it with --write or --output.",
    positionals: { names: ["first", "second"] },
    options: {
      write: { type: "boolean", describe: "Replace the file; the old one is kept as FILE.orig" },
      output: { alias: "o", type: "string", describe: "Write the corrected file there, - for standard output" },
      check: { type: "boolean", describe: "Exit with 1 if something would change" },
      unsafe: { type: "boolean", describe: "Also make fixes that may change traffic" },
      ...common("config", "no-config", "primary", "rule", "no-verify-passwords", "color", "quiet"),
      only: { type: "string", array: true, describe: "Make the fixes of these rules and no others" },
      node: { choices: ["primary", "secondary", "both"], describe: "What may be edited (default: secondary)" },
      "show-secrets": { type: "boolean", describe: "Show secret values in the diff; refused where CI is set" },
    },
    run: async (args, io) => (await import("./fix.ts")).fix(args, io),
  },
  {
    name: "compile",
    usage: "compile <primary.xml> --node <node.yaml|secondary.xml> -o FILE",
    summary: "Writes a complete secondary from the primary and the secondary's own facts.",
    positionals: { names: ["primary"] },
    options: {
      node: { type: "string", describe: "A file of the secondary's own facts, or an export of it" },
      output: { alias: "o", type: "string", describe: "Write the secondary there, - for standard output" },
      init: { type: "boolean", describe: "Write a commented node file from the primary instead" },
      ...common("config", "no-config", "rule", "no-verify-passwords", "quiet"),
    },
    run: async (args, io) => (await import("./compile.ts")).compile(args, io),
  },
  {
    name: "explain",
    usage: "explain <rule>",
    summary: "Prints the page of a rule: why it matters, an example, the remedy, the evidence.",
    positionals: { names: ["rule"] },
    options: {
      format: { alias: "f", choices: ["text", "json"], describe: "How it is printed (default: text)" },
      ...common("color"),
    },
    run: async (args, io) => (await import("./explain.ts")).explain(args, io),
  },
  {
    name: "rules",
    usage: "rules [<prefix>]",
    summary: "Prints the table of rules.",
    positionals: { names: ["prefix"], optional: 1 },
    options: {
      severity: { choices: ["error", "warning", "info"], describe: "Only rules of this severity" },
      fixable: { type: "boolean", describe: "Only rules that offer a fix" },
      format: { alias: "f", choices: ["text", "json"], describe: "How it is printed (default: text)" },
      ...common("color"),
    },
    run: async (args, io) => (await import("./rules.ts")).rules(args, io),
  },
  {
    name: "merge-reports",
    usage: "merge-reports <report.json>...",
    summary: "Joins JSON reports, such as those of --shard, into one report in any format.",
    positionals: { names: ["reports"], many: true },
    options: common("format", "color", "quiet", "verbose"),
    run: async (args, io) => (await import("./merge-reports.ts")).mergeReports(args, io),
  },
  {
    name: "staged",
    usage: "staged [<file>...]",
    summary: "Lints the clusters that a commit touches, for pre-commit and other hooks.",
    positionals: { names: ["files"], optional: 1, many: true },
    options: common(
      "format",
      "fail-on",
      "max-warnings",
      "rule",
      "only",
      "no-verify-passwords",
      "color",
      "quiet",
      "verbose",
    ),
    run: async (args, io) => (await import("./staged.ts")).staged(args, io),
  },
  {
    name: "init",
    usage: "init",
    summary: "Writes the configuration file, the pre-commit hook and the tasks of VS Code.",
    positionals: { names: [] },
    options: {},
    run: async (args, io) => (await import("./init.ts")).init(args, io),
  },
  {
    name: "completion",
    usage: "completion bash|zsh|fish",
    summary: "Prints a script that makes a shell complete the command line.",
    positionals: { names: ["shell"] },
    options: {},
    run: async (args, io) => (await import("./completion.ts")).completion(args, io),
  },
  {
    name: "ast",
    usage: "ast <file.xml>",
    summary: "Prints the configuration as pfSense itself would read it, as JSON; secrets masked.",
    positionals: { names: ["file"] },
    options: {
      "config-version": { type: "string", describe: "Read it as this config version would (default: the file's own)" },
      "show-secrets": { type: "boolean", describe: "Print secret values; refused where CI is set" },
    },
    run: async (args, io) => (await import("./ast.ts")).ast(args, io),
  },
  {
    name: "trace",
    usage: "trace <file.xml>",
    summary: "Says which firewall rule decides about a packet, or about many, and why.",
    positionals: { names: ["file"] },
    options: {
      interface: { type: "string", describe: "Where pf sees the packet: wan, lan, opt1, openvpn … or a description" },
      direction: { type: "string", describe: "in or out, seen from the firewall (default: in)" },
      protocol: { type: "string", describe: "tcp, udp, icmp, esp, carp, pfsync … or a number" },
      source: { type: "string", describe: "Source address" },
      destination: { type: "string", describe: "Destination address, after port forwards" },
      port: { type: "string", describe: "Destination port, for protocols that have ports" },
      "source-port": { type: "string", describe: "Source port (default: any ordinary one)" },
      expect: { type: "string", describe: "pass or block; exit code 1 if the verdict is another" },
      queries: {
        type: "string",
        nargs: 1,
        describe: "Many packets: a list in YAML or JSON, with expected verdicts if given",
      },
      format: { alias: "f", choices: ["text", "json"], describe: "Output format (default: text)" },
      color: { choices: ["auto", "always", "never"], describe: "Colours in the text (default: auto)" },
    },
    run: async (args, io) => (await import("./trace.ts")).trace(args, io),
  },
];
