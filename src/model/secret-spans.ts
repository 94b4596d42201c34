import type { XmlDocument } from "../parser/xml-document.ts";
import { overlapping, type Source, type Span } from "../source.ts";
import { isSecretName, userInfoIn } from "./secret.ts";

/**
 * The values that no output may show in a range of a document: by the names of their elements, wherever these occur,
 * attributes included; user and password in a URL; what a comment keeps of either; and in a file that is no XML,
 * whatever stands behind a tag of such a name.
 */
export function secretSpans(document: XmlDocument, from: number, to: number): readonly Span[] {
  const { source } = document;
  const facts = factsOf(document);
  const spans: Span[] = [];
  const add = (start: number, end: number): void => {
    if (start < end && start < to && end > from) spans.push(source.span(start, end));
  };
  const addElement = (element: number): void => {
    if (!facts.secret[document.nameId(element)]) return;
    const attributes = document.start(element) + 1 + document.name(element).length;
    const closing = source.text.startsWith("/>", document.innerStart(element) - 2) ? 2 : 1;
    add(attributes, document.innerStart(element) - closing);
    add(document.innerStart(element), document.innerEnd(element));
  };
  for (const { start, end } of userInfoIn(source.text.slice(from, to))) add(from + start, from + end);
  for (let around = document.elementAt(from); around !== -1; around = document.parent(around)) addElement(around);
  for (let i = document.lastStartingBy(from) + 1; i < document.size && document.start(i) < to; i++) addElement(i);
  for (const { start, end } of overlapping(facts.remarks, from, to)) {
    if (tellsSecret(source.text.slice(start, end))) add(start, end);
  }
  if (facts.torn) for (const { start, end } of spansOfTags(source, from, to)) add(start, end);
  return spans;
}

/** The values that no output may show in a range of a file of lines: `key: value`, `key=value`, URLs. */
export function secretSpansOfLines(source: Source, from: number, to: number): readonly Span[] {
  const text = source.text.slice(from, to);
  const spans = Array.from(userInfoIn(text), ({ start, end }) => source.span(from + start, from + end));
  for (const match of text.matchAll(assignment)) {
    const [whole, key = "", value = ""] = match;
    const end = from + match.index + whole.length;
    if (isSecretName(key) || carriesSecrets.has(key)) spans.push(source.span(end - value.length, end));
  }
  return spans;
}

/**
 * `key: value` to the end of the line, or `key=value` to the end of the option. Like the one below, it begins where a word
 * does, and not at each letter of a long one.
 */
const assignment = /(?<![\w.-])([\w.-]+)(?::[ \t]*([^\r\n]+)|=("[^"\r\n]*"|[^,\s]+))/g;

/** Keys whose values are free text, which may say anything. */
const carriesSecrets = new Set(["args", "description"]);

interface Place {
  readonly start: number;
  readonly end: number;
}

interface Facts {
  /** By name number. */
  readonly secret: readonly boolean[];
  /** Insides of comments and processing instructions, in order. */
  readonly remarks: readonly Place[];
  /** Whether it is no XML: then what belongs to what is a guess, and everything that looks like a secret is one. */
  readonly torn: boolean;
}

const known = new WeakMap<XmlDocument, Facts>();

function factsOf(document: XmlDocument): Facts {
  let facts = known.get(document);
  if (!facts) {
    const { faults, complete, names, source } = document;
    facts = {
      secret: names.map((name) => isSecretName(name.toLowerCase())),
      remarks: [...remarksIn(source.text)],
      torn: faults.length > 0 || !complete,
    };
    known.set(document, facts);
  }
  return facts;
}

function* remarksIn(text: string): Generator<Place> {
  for (let at = 0; ; ) {
    const [comment, instruction] = [text.indexOf("<!--", at), text.indexOf("<?", at)];
    const start = comment === -1 || (instruction !== -1 && instruction < comment) ? instruction : comment;
    if (start === -1) return;
    const [open, close] = start === comment ? [4, "-->"] : [2, "?>"];
    const found = text.indexOf(close as string, start + (open as number));
    const end = found === -1 ? text.length : found;
    yield { start: start + (open as number), end };
    at = end;
  }
}

/** Whether a remark has a word in it that names secrets. */
const tellsSecret = (remark: string): boolean =>
  (remark.match(/[\w-]+/g) ?? []).some((word) => isSecretName(word.toLowerCase()));

/** From each tag of a secret's name, or what is left of one, to the next tag. */
function* spansOfTags({ text }: Source, from: number, to: number): Generator<Place> {
  // What stands before the range may be the tag that its first text belongs to.
  const first = Math.max(0, text.lastIndexOf("<", from));
  let start: number | undefined;
  for (const match of text.slice(first, to).matchAll(/<(\/?)\s*([\w.:-]*)|(?<![\w.:-])([\w.:-]+)\s*>/g)) {
    const [whole, slash, name = "", torn = ""] = match;
    const at = first + match.index;
    const opens = slash !== "/" && isSecretName((name || torn).toLowerCase());
    if (slash === undefined && !opens) continue;
    if (start !== undefined) yield { start, end: at };
    start = opens ? at + whole.length : undefined;
  }
  if (start !== undefined) yield { start, end: to };
}
