import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { ErrorObject } from "ajv";
import { type Document, isCollection, isMap, isPair, isScalar, type Node, parseDocument, visit } from "yaml";
import type { GuestHint } from "../cluster/hypervisor.ts";
import type { Acceptance, NodeRole, Severity } from "../diagnostic.ts";
import { Source, type Span } from "../source.ts";
import validate from "./generated/config-validator.js";
import { ConfigFileError, UsageError } from "./io.ts";
import { suggestion } from "./nearest.ts";
import { shownPath } from "./paths.ts";

/** What the configuration file says. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  readonly source: Source;
  readonly document: Document.Parsed;
  readonly clusters: readonly ConfiguredCluster[];
  readonly severities: ReadonlyMap<string, Severity | "off">;
  readonly options: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  readonly accepted: readonly ConfiguredAcceptance[];
  readonly failOn: Severity | "never" | undefined;
  readonly maxWarnings: number | undefined;
}

export interface ConfiguredCluster {
  readonly name: string;
  /** Absolute. */
  readonly primary: string;
  /** Absolute. */
  readonly secondary: string;
  readonly proxmox: ProxmoxRequest | undefined;
}

/** Which files of the hypervisor to read, and what the user says of them. */
export interface ProxmoxRequest {
  /** Files or folders. */
  readonly files: readonly string[];
  readonly hints: Partial<Record<NodeRole, GuestHint>>;
}

export interface ConfiguredAcceptance extends Acceptance {
  /** Undefined where the file lists no clusters. */
  readonly cluster: string | undefined;
}

/** The file as its schema has it. */
interface Content {
  readonly clusters?: Readonly<Record<string, ClusterContent>>;
  readonly rules?: Readonly<Record<string, Setting | readonly [Setting, Readonly<Record<string, unknown>>?]>>;
  readonly accepted?: readonly {
    readonly rule: string;
    readonly cluster?: string;
    readonly subject: string;
    readonly reason: string;
    readonly until?: string;
  }[];
  readonly failOn?: Severity | "never";
  readonly maxWarnings?: number;
}

interface ClusterContent {
  readonly primary: string;
  readonly secondary: string;
  readonly proxmox?: { readonly files: readonly string[] } & Partial<Record<NodeRole, GuestContent>>;
}

interface GuestContent {
  readonly vm?: number;
  readonly nics?: Readonly<Record<string, string>>;
}

type Setting = Severity | "off";
type Path = readonly (string | number)[];

/** Reads and validates a configuration file. Throws a ConfigFileError that names every fault with its line and column. */
export function loadConfigFile(path: string, cwd: string): ConfigFile {
  return parseConfigFile(path, readText(path, cwd), cwd);
}

function readText(path: string, cwd: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === "ENOENT" ? "no such file" : String((error as Error).name);
    throw new UsageError(`${shownPath(path, cwd)}: the configuration file cannot be read: ${reason}`, { cause: error });
  }
}

export function parseConfigFile(path: string, text: string, cwd: string): ConfigFile {
  const source = new Source(shownPath(path, cwd), text);
  const json = /\.jsonc?$/.test(path);
  const document = parseDocument(json ? blankComments(text) : text, { prettyErrors: false, version: "1.2" });
  const faults = new Faults(source, document);
  for (const { message, pos } of [...document.errors, ...document.warnings]) faults.add(pos[0], message);
  if (json) rejectYaml(document, faults);
  faults.throwIfAny();
  const content = contentOf(document, faults);
  if (!validate(content)) for (const error of validate.errors ?? []) faults.addError(error, content);
  faults.throwIfAny();
  checkReferences(content as Content, faults);
  faults.throwIfAny();
  return interpret(path, source, document, content as Content, faults);
}

/** An empty file configures nothing. Aliases that expand without end are refused. */
function contentOf(document: Document.Parsed, faults: Faults): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (error) {
    faults.add(0, (error as Error).message);
    faults.throwIfAny();
    throw error;
  }
}

/** JSON with comments and tabs turned into blanks, so that every offset stays what it is. */
export function blankComments(text: string): string {
  const blank = (part: string): string => part.replace(/[^\r\n]/g, " ");
  return text.replace(/"(?:[^"\\\r\n]|\\.)*"|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|\t/g, (part) =>
    part.startsWith('"') ? part : blank(part),
  );
}

/** The reader is one of YAML, which has JSON in it; what only YAML has is no JSON. */
function rejectYaml(document: Document.Parsed, faults: Faults): void {
  visit(document, {
    Node: (_, node) => {
      const plain = isScalar(node) && node.type === "PLAIN" && typeof node.value !== "string";
      const fine = isCollection(node) ? node.flow : isScalar(node) && (plain || node.type === "QUOTE_DOUBLE");
      if (fine) return undefined;
      faults.add(node.range?.[0] ?? 0, "expected JSON, found YAML; name the file pfha-lint.yaml if that is meant");
      return visit.BREAK;
    },
  });
}

/** Collects what is wrong, each with its place. */
class Faults {
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
    const path = error.instancePath
      .split("/")
      .slice(1)
      .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
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

const listed = (words: readonly string[]): string =>
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

/** What the schema cannot say: names that must exist, dates that must be ones. */
function checkReferences({ clusters, accepted = [] }: Content, faults: Faults): void {
  const names = Object.keys(clusters ?? {});
  for (const [name, { primary, secondary }] of Object.entries(clusters ?? {})) {
    if (primary === secondary) faults.addAt(["clusters", name, "secondary"], `the same file as the primary of ${name}`);
  }
  for (const [index, { cluster, until }] of accepted.entries()) {
    const path = ["accepted", index];
    if (until !== undefined && !isDate(until)) faults.addAt([...path, "until"], `there is no day ${until}`);
    if (names.length > 0 && cluster === undefined) faults.addAt(path, `missing key cluster${listed(names)}`);
    if (cluster !== undefined && !names.includes(cluster)) {
      faults.addAt([...path, "cluster"], `unknown cluster ${cluster}${suggestion(cluster, names) || listed(names)}`);
    }
  }
}

/** Whether a text is a day that exists, as `2027-06-30`. */
export const isDate = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};

const hintOf = (guest: GuestContent | undefined): GuestHint => ({ id: guest?.vm?.toString(), nics: guest?.nics });

function interpret(
  path: string,
  source: Source,
  document: Document.Parsed,
  { clusters = {}, rules = {}, accepted = [], failOn, maxWarnings }: Content,
  faults: Faults,
): ConfigFile {
  const settings = Object.entries(rules).map(
    ([id, setting]) => [id, ...(typeof setting === "string" ? [setting] : setting)] as [string, Setting, object?],
  );
  return {
    path,
    source,
    document,
    clusters: Object.entries(clusters).map(([name, { primary, secondary, proxmox }]) => ({
      name,
      primary: resolve(dirname(path), primary),
      secondary: resolve(dirname(path), secondary),
      proxmox: proxmox && {
        files: proxmox.files.map((file) => resolve(dirname(path), file)),
        hints: { primary: hintOf(proxmox.primary), secondary: hintOf(proxmox.secondary) },
      },
    })),
    severities: new Map(settings.map(([id, severity]) => [id, severity])),
    options: new Map(settings.map(([id, , options = {}]) => [id, options as Readonly<Record<string, unknown>>])),
    accepted: accepted.map((entry, index) => ({
      rule: entry.rule,
      cluster: entry.cluster,
      subject: entry.subject,
      reason: entry.reason,
      until: entry.until,
      at: faults.span(["accepted", index, "rule"]),
      untilAt: entry.until === undefined ? undefined : faults.span(["accepted", index, "until"]),
    })),
    failOn,
    maxWarnings,
  };
}
