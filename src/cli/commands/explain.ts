import { jsonText } from "../../report/printable.ts";
import { rules } from "../../rules/index.ts";
import { exitCodes, type Io } from "../io.ts";
import { ruleId } from "../jobs.ts";
import { readable } from "../markdown.ts";
import type { Arguments } from "../options.ts";
import { rulePage } from "../pages.ts";
import { paintFor } from "../paint.ts";
import { ruleJson } from "../rule-json.ts";

/** Prints the page of a rule. */
export async function explain(args: Arguments, io: Io): Promise<number> {
  const id = ruleId(String(args["rule"]));
  const rule = rules.find((one) => one.id === id)!;
  const page = rulePage(id) ?? `# ${id}\n\n${rule.summary}\n`;
  if (args["format"] === "json") io.stdout.write(jsonText({ ...ruleJson(rule), page }));
  else io.stdout.write(readable(page, await paintFor(args["color"], io)));
  return exitCodes.ok;
}
