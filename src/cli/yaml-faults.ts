import type { ErrorObject } from "ajv";
import { type Document, isCollection, isMap, isPair, isScalar, type Node } from "yaml";
import type { Source, Span } from "../source.ts";
import { ConfigFileError } from "./io.ts";
import { suggestion } from "./nearest.ts";

/** The way to a value of a YAML document. */
export type Path = readonly (string | number)[];

/** An empty file configures nothing. Aliases that expand without end are refused. */
export function contentOf(document: Document.Parsed, faults: Faults): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (error) {
    faults.add(0, (error as Error).message);
    faults.throwIfAny();
    throw error;
  }
}

/** Collects what is wrong, each with its place. */
export class Faults {
  readonly #source: Source;
  readonly #document: Document.Parsed;
  readonly #found: { readonly offset: number; readonly message: string }[] = [];

  constructor(source: Source, document: Document.Parsed) {
    this.#source = source;
    this.#document = document;
  }

  add(offset: number, message: string): void {
    this.#found.push({ offset, message });
  }

  /** At the value of a path, or its key. */
  addAt(path: Path, message: string, part: "key" | "value" = "value"): void {
    this.add(this.span(path, part).start, message);
  }

  addError(error: ErrorObject, content: unknown): void {
    const path = pathOf(error);
    const value = path.reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], content);
    const { keyword, params } = error;
    if (keyword === "if") return;
    if (keyword === "additionalProperties") {
      const key = String(params["additionalProperty"]);
      const known = Object.keys((error.parentSchema?.["properties"] as object | undefined) ?? {});
      const kind =
        path.length === 1 && path[0] === "rules" ? "rule" : path.length > 1 && path[0] === "rules" ? "option" : "key";
      this.addAt([...path, key], `unknown ${kind} ${key}${suggestion(key, known) || listed(known)}`, "key");
    } else this.addAt(path, complaint(error, value));
  }

  span(path: Path, part: "key" | "value" = "value"): Span {
    let node: unknown = this.#document.contents;
    let key: unknown;
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find(
          (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
        );
        key = pair?.key;
        node = pair?.value ?? pair?.key;
      } else {
        key = undefined;
        node = isCollection(node) ? node.items[Number(step)] : node;
      }
    }
    const range = ((part === "key" ? (key ?? node) : node) as Node | null | undefined)?.range ?? [0, 0];
    return this.#source.span(range[0], range[1]);
  }

  throwIfAny(): void {
    if (this.#found.length === 0) return;
    const lines = [...this.#found]
      .sort((a, b) => a.offset - b.offset)
      .map(({ offset, message }) => {
        const { line, column } = this.#source.position(offset);
        return `${this.#source.path}:${line}:${column}: ${message}`;
      });
    throw new ConfigFileError([...new Set(lines)].join("\n"));
  }
}

/** The way to the value that a schema objects to. */
export const pathOf = ({ instancePath }: ErrorObject): readonly string[] =>
  instancePath
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

export const listed = (words: readonly string[]): string =>
  words.length === 0 || words.length > 8 ? "" : `; one of ${words.join(", ")}`;

function complaint({ keyword, params, message = "" }: ErrorObject, value: unknown): string {
  if (keyword === "enum" || keyword === "const") {
    const allowed = (params["allowedValues"] as unknown[] | undefined) ?? [params["allowedValue"]];
    const words = allowed.map(String);
    const near = typeof value === "string" ? suggestion(value, words) : "";
    return words.length > 8
      ? `unknown rule ${shown(value)}${near}`
      : `expected ${words.join(", ").replace(/, ([^,]*)$/, " or $1")}, found ${shown(value)}${near}`;
  }
  if (keyword === "type") return `expected ${article(String(params["type"]))}, found ${kindOf(value)}`;
  if (keyword === "required") return `missing key ${String(params["missingProperty"])}`;
  if (keyword === "pattern" && String(params["pattern"]).includes("\\d{4}")) {
    return `expected a date such as 2027-06-30, found ${shown(value)}`;
  }
  if (keyword === "minLength" || keyword === "pattern") return `expected a text, found ${shown(value)}`;
  return `${message}, found ${shown(value)}`;
}

const article = (type: string): string =>
  ({ object: "a mapping", array: "a list", string: "a text", integer: "a whole number", boolean: "true or false" })[
    type
  ] ?? `a ${type}`;

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "a mapping" : shown(value);
}

const shown = (value: unknown): string => (value === "" ? "an empty text" : (JSON.stringify(value) ?? "nothing"));
