import { count, jsonText } from "../../report/printable.ts";
import { rules as allRules } from "../../rules/index.ts";
import type { Rule } from "../../rules/rule.ts";
import { exitCodes, type Io, UsageError } from "../io.ts";
import { suggestion } from "../nearest.ts";
import type { Arguments } from "../options.ts";
import { paintFor } from "../paint.ts";
import { ruleJson } from "../rule-json.ts";

/** Prints the table of rules, or a part of it. */
export async function rules(args: Arguments, io: Io): Promise<number> {
  const prefix = args["prefix"] as string | undefined;
  const { severity, fixable } = args;
  const found = allRules.filter(
    (rule) =>
      (prefix === undefined || rule.id.startsWith(prefix)) &&
      (severity === undefined || rule.severity === severity) &&
      (fixable !== true || rule.fix !== "none"),
  );
  if (prefix !== undefined && !allRules.some(({ id }) => id.startsWith(prefix))) {
    const near = suggestion(prefix, [
      ...allRules.map(({ id }) => id),
      ...allRules.map(({ id }) => `${id.split("-")[0]}-`),
    ]);
    throw new UsageError(`no rule begins with ${prefix}${near}`);
  }
  if (args["format"] === "json") io.stdout.write(jsonText({ schemaVersion: 1, rules: found.map(ruleJson) }));
  else io.stdout.write(await table(found, args, io));
  return exitCodes.ok;
}

async function table(found: readonly Rule[], args: Arguments, io: Io): Promise<string> {
  const paint = await paintFor(args["color"], io);
  const width = Math.max(0, ...found.map(({ id }) => id.length));
  const lines = found.map(({ id, severity, fix, summary }) => {
    const cells = [paint.place(id.padEnd(width)), paint.severity[severity](severity.padEnd(7)), fix.padEnd(6), summary];
    return `${cells.join("  ")}\n`;
  });
  return `${lines.join("")}${count(found.length, "rule")}; \`pfha-lint explain RULE\` shows the page of one\n`;
}
