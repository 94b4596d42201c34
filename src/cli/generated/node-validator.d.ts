import type { ErrorObject } from "ajv";

/** Validates a node file against schema/node.schema.json; written by scripts/build.mjs. */
declare const validate: { (data: unknown): boolean; errors?: ErrorObject[] | null };
export default validate;
