import { versionNumber } from "../../model/dialect.ts";
import { isSecretName, withoutUserInfo } from "../../model/secret.ts";
import { toValue, type Value } from "../../model/value.ts";
import { jsonText, printable } from "../../report/printable.ts";
import { readConfigFile } from "../input.ts";
import { exitCodes, InputError, type Io, UsageError } from "../io.ts";
import type { Arguments } from "../options.ts";

/** Prints what pfSense would hold after reading a file; refuses what pfSense refuses. */
export async function ast(args: Arguments, io: Io): Promise<number> {
  const version = args["config-version"] as string | undefined;
  if (version !== undefined && versionNumber(version) === undefined) {
    throw new UsageError(`--config-version ${version}: expected a config version such as 23.3`);
  }
  const show = args["show-secrets"] === true;
  if (show && io.env["CI"]) throw new UsageError("--show-secrets is refused where CI is set: its log would keep them");
  const config = await readConfigFile(String(args["file"]), io, { version });
  const refusal = config.faults.find((fault) => fault.refused);
  if (refusal) {
    const { source, start } = refusal.at;
    const { line, column } = source.position(start);
    throw new InputError(`${source.path}:${line}:${column}: ${printable(refusal.message)}\n  help: ${refusal.help}`);
  }
  const value = toValue(config.tree, config.dialect.isList);
  io.stdout.write(jsonText(show ? value : masked(value)));
  return exitCodes.ok;
}

/** Secret values become dots, empty ones stay empty. */
function masked(value: Value, secret = false): Value {
  if (typeof value === "string") return secret && value !== "" ? "••••••••" : withoutUserInfo(value);
  if (Array.isArray(value)) return value.map((item: Value) => masked(item, secret));
  const result: Record<string, Value> = Object.create(null);
  for (const [name, item] of Object.entries(value)) result[name] = masked(item as Value, secret || isSecretName(name));
  return result;
}
