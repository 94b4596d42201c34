import { dirname, resolve } from "node:path";
import { type Document, isCollection, isScalar, parseDocument, visit } from "yaml";
import type { GuestHint } from "../cluster/hypervisor.ts";
import type { Acceptance, NodeRole, Severity } from "../diagnostic.ts";
import { Source } from "../source.ts";
import validate from "./generated/config-validator.js";
import { readFile } from "./input.ts";
import { InputError, UsageError } from "./io.ts";
import { suggestion } from "./nearest.ts";
import { shownPath } from "./paths.ts";
import { contentOf, Faults, listed } from "./yaml-faults.ts";

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

/** Reads and validates a configuration file. Throws a ConfigFileError that names every fault with its line and column. */
export function loadConfigFile(path: string, cwd: string): ConfigFile {
  return parseConfigFile(path, readText(path, cwd), cwd);
}

function readText(path: string, cwd: string): string {
  const shown = shownPath(path, cwd);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFile(shown, cwd));
  } catch (error) {
    const reason = error instanceof TypeError ? `${shown}: no UTF-8 text` : undefined;
    if (reason === undefined && !(error instanceof InputError)) throw error;
    throw new UsageError(`the configuration file ${reason ?? (error as InputError).message}`, { cause: error });
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
