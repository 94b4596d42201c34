import type { ErrorObject } from "ajv";

/** Validates the configuration file against schema/config.schema.json; written by scripts/build.mjs. */
declare const validate: { (data: unknown): boolean; errors?: ErrorObject[] | null };
export default validate;
