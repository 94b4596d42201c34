import type { ErrorObject } from "ajv";

/** Validates a JSON report against schema/report.schema.json; written by scripts/build.mjs. */
declare const validate: { (data: unknown): boolean; errors?: ErrorObject[] | null };
export default validate;
