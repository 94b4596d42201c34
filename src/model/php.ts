import type { Value } from "./value.ts";

/** How PHP, and so pfSense, compares and converts what it reads. */

/** A text as a number where PHP takes it for one, otherwise undefined. */
export function numeric(text: string): number | undefined {
  return /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

/** `intval()` of a text: the whole number that it begins with, or 0. */
export const intval = (text: string): number => Number.parseInt(text, 10) || 0;

/** `==` of two texts: as numbers if both are, otherwise letter by letter. */
export function looselyEqual(a: string, b: string): boolean {
  if (a === b) return true;
  const number = numeric(a);
  return number !== undefined && number === numeric(b);
}

/** `==` of two values: arrays are equal if they hold equal values under the same keys, in whatever order. */
export function equalValues(a: Value, b: Value): boolean {
  if (typeof a === "string" || typeof b === "string") {
    return typeof a === "string" && typeof b === "string" && looselyEqual(a, b);
  }
  const left = Object.entries(a);
  const right = new Map(Object.entries(b));
  return (
    left.length === right.size &&
    left.every(([key, value]) => {
      const other = right.get(key);
      return other !== undefined && equalValues(value, other);
    })
  );
}
