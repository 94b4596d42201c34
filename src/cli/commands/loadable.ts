import type { Config } from "../../model/config.ts";
import { printable } from "../../report/printable.ts";
import { InputError } from "../io.ts";

/** A configuration that pfSense would load; the first reason why it would not is the end of the command. */
export function requireLoadable(config: Config): Config {
  const refusal = config.faults.find((fault) => fault.refused);
  if (!refusal) return config;
  const { source, start } = refusal.at;
  const { line, column } = source.position(start);
  throw new InputError(`${source.path}:${line}:${column}: ${printable(refusal.message)}\n  help: ${refusal.help}`);
}
