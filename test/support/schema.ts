import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { root } from "./pair.ts";

function compile(schema: object, options: object): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, ...options });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

/** The validator of a schema that is shipped in schema/. */
export const shippedSchema = (name: string): ValidateFunction =>
  compile(JSON.parse(readFileSync(new URL(`schema/${name}`, root), "utf8")) as object, {
    strict: true,
    allowUnionTypes: true,
    strictRequired: false,
  });

/** The official schema of SARIF 2.1.0, as Microsoft's package for tests ships it (draft 04, nothing in it differs). */
export function sarifSchema(): ValidateFunction {
  const require = createRequire(import.meta.url);
  const path = require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");
  const { $schema, id, ...schema } = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
  return compile(schema, { strict: false, unicodeRegExp: false });
}

/** What a validator says against a value; empty if nothing. */
export function complaints(validate: ValidateFunction, value: unknown): string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
