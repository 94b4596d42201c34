import { parseXml } from "../../src/parser/xml.ts";
import { Source } from "../../src/source.ts";
import { type FuzzInput, fuzzFiles } from "./fuzz-input.ts";

/**
 * Makes a failing input as small as it can be made in a time while it fails: files beside the pair go first, then
 * elements, the largest first, then runs of bytes.
 */
export async function shrink(
  input: FuzzInput,
  fails: (candidate: FuzzInput) => Promise<boolean>,
  milliseconds = 120_000,
): Promise<FuzzInput> {
  const deadline = Date.now() + milliseconds;
  let best = input;
  const attempt = async (candidate: FuzzInput): Promise<boolean> => {
    if (Date.now() >= deadline || !(await fails(candidate))) return false;
    best = candidate;
    return true;
  };
  for (const path of Object.keys(input.others ?? {})) await attempt(fuzzFiles.without(best, path));
  if (Object.keys(best.others ?? {}).length === 0) {
    const { others: _, ...pair } = best;
    await attempt(pair);
  }
  const paths = (): readonly string[] => ["primary", "secondary", ...Object.keys(best.others ?? {})];
  for (const path of ["primary", "secondary"] as const) await withoutElements(path, () => best, attempt);
  for (const path of paths()) await withoutBytes(path, () => best, attempt);
  return best;
}

type Attempt = (candidate: FuzzInput) => Promise<boolean>;

/** Takes elements away until none of those left can go. */
async function withoutElements(path: "primary" | "secondary", best: () => FuzzInput, attempt: Attempt): Promise<void> {
  for (let again = true; again; ) {
    again = false;
    // Byte for character, so that offsets are those of the bytes whatever these are.
    const text = Buffer.from(best()[path]).toString("latin1");
    const document = parseXml(new Source("x", text));
    const elements = Array.from({ length: document.size }, (_, i) => ({
      start: document.start(i),
      end: document.end(i),
    }));
    const gone: { start: number; end: number }[] = [];
    for (const element of elements.sort((a, b) => b.end - b.start - (a.end - a.start))) {
      if (gone.some(({ start, end }) => start <= element.start && element.end <= end)) continue;
      const cuts = [...gone, element].sort((a, b) => a.start - b.start);
      if (await attempt({ ...best(), [path]: without(text, cuts) })) {
        gone.push(element);
        again = true;
      }
    }
  }
}

function without(text: string, cuts: readonly { readonly start: number; readonly end: number }[]): Uint8Array {
  let left = "";
  let from = 0;
  for (const { start, end } of cuts) {
    if (start > from) left += text.slice(from, start);
    from = Math.max(from, end);
  }
  return Buffer.from(left + text.slice(from), "latin1");
}

async function withoutBytes(path: string, best: () => FuzzInput, attempt: Attempt): Promise<void> {
  const bytes = (): Uint8Array => {
    const input = best();
    return path === "primary" || path === "secondary" ? input[path] : (input.others?.[path] ?? new Uint8Array());
  };
  for (let size = bytes().length; size >= 1; size >>= 1) {
    for (let at = 0; at < bytes().length; ) {
      const shorter = [...bytes().subarray(0, at), ...bytes().subarray(at + size)];
      if (!(await attempt(fuzzFiles.replace(best(), path, () => Uint8Array.from(shorter))))) at += size;
    }
  }
}
