import { isDeepStrictEqual } from "node:util";
import { isMap, isPair, isScalar, isSeq, type Node, type Pair, parseDocument, stringify, type YAMLSeq } from "yaml";
import { blankComments } from "./config-file.ts";

/** An entry of `accepted` as it is written. */
export interface AcceptedEntry {
  readonly rule: string;
  readonly cluster?: string | undefined;
  readonly subject: string;
  readonly reason: string;
  readonly until?: string | undefined;
}

/**
 * The text of a configuration file with entries of `accepted` taken out, by index, and others put behind the rest.
 * Nothing else changes: comments, order, quotes and blanks stay as they are.
 * @param json whether the file is JSON, comments allowed
 */
export function editAccepted(
  text: string,
  json: boolean,
  removed: ReadonlySet<number>,
  added: readonly AcceptedEntry[],
): string {
  const result = append(take(text, json, removed), json, added);
  const [before, after] = [contentOf(text, json), contentOf(result, json)];
  const expected = [...(before.accepted ?? []).filter((_, index) => !removed.has(index)), ...added.map(clean)];
  const same = isDeepStrictEqual({ ...before, accepted: expected }, { ...after, accepted: after.accepted ?? [] });
  if (!same) throw new Error("the list of accepted findings cannot be edited");
  return result;
}

const read = (text: string, json: boolean) => parseDocument(json ? blankComments(text) : text);

const contentOf = (text: string, json: boolean): { accepted?: unknown[] } => read(text, json).toJS() ?? {};

const clean = (entry: AcceptedEntry): Record<string, string> =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined));

function listOf(text: string, json: boolean): { pair: Pair | undefined; list: YAMLSeq | undefined } {
  const root = read(text, json).contents;
  if (!isMap(root)) return { pair: undefined, list: undefined };
  const pair = root.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === "accepted");
  return { pair, list: isSeq(pair?.value) ? pair.value : undefined };
}

function take(text: string, json: boolean, removed: ReadonlySet<number>): string {
  const { list } = listOf(text, json);
  const items = (list?.items ?? []) as readonly Node[];
  if (!list || removed.size === 0) return text;
  if (items.every((_, index) => removed.has(index))) return empty(text, list);
  const spans = list.flow ? flowSpans(items) : blockSpans(text, items);
  let result = text;
  for (const [index, [start, end]] of [...spans.entries()].reverse()) {
    if (removed.has(index)) result = result.slice(0, start) + result.slice(end);
  }
  return result;
}

/** The list without any entry: `[]`, on the line of its key. */
function empty(text: string, list: YAMLSeq): string {
  const items = list.items as readonly Node[];
  const start = list.flow ? startOf(list) : text.lastIndexOf(":", dashOf(text, items[0]!)) + 1;
  const end = list.flow ? (list.range?.[1] ?? start) : endOf(items.at(-1)!);
  return `${text.slice(0, start)}${list.flow ? "" : " "}[]${text.slice(end)}`;
}

/** Whole lines, from the dash to the end of the line on which the entry ends. */
const blockSpans = (text: string, items: readonly Node[]): readonly (readonly [number, number])[] =>
  items.map((item) => [text.lastIndexOf("\n", dashOf(text, item)) + 1, lineEnd(text, endOf(item))]);

/** From the end of the entry before, so with the comma; the first takes the comma behind it. */
const flowSpans = (items: readonly Node[]): readonly (readonly [number, number])[] =>
  items.map((item, index) => {
    const before = items[index - 1];
    const behind = items[index + 1];
    if (before) return [endOf(before), endOf(item)];
    return [startOf(item), behind ? startOf(behind) : endOf(item)];
  });

const startOf = ({ range }: Node): number => range?.[0] ?? 0;
const endOf = (node: Node): number => {
  if (isMap(node) && !node.flow) {
    const last = node.items.at(-1);
    return endOf((last?.value ?? last?.key) as Node);
  }
  return node.range?.[1] ?? 0;
};
const dashOf = (text: string, item: Node): number => text.lastIndexOf("-", startOf(item) - 1);

/** Behind the line break of the line that holds the character before an offset. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", Math.max(0, offset - 1));
  return end === -1 ? text.length : end + 1;
}

function append(text: string, json: boolean, added: readonly AcceptedEntry[]): string {
  if (added.length === 0) return text;
  const { pair, list } = listOf(text, json);
  if (json) return appendJson(text, list, added);
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const block = (indent: string): string =>
    stringify(added.map(clean), { lineWidth: 0 })
      .trimEnd()
      .split("\n")
      .map((line) => `${indent}${line}${eol}`)
      .join("");
  if (!pair) {
    const open = text === "" || text.endsWith("\n") ? text : text + eol;
    return `${open}accepted:${eol}${block("  ")}`;
  }
  const last = list?.items.at(-1) as Node | undefined;
  if (!list || !last) {
    const end = list?.range?.[1] ?? 0;
    return `${text.slice(0, startOf(list as Node)).trimEnd()}${eol}${block("  ").trimEnd()}${text.slice(end) || eol}`;
  }
  if (list.flow) {
    const flow = added.map((entry) => `, ${JSON.stringify(clean(entry))}`).join("");
    return text.slice(0, endOf(last)) + flow + text.slice(endOf(last));
  }
  const dash = dashOf(text, last);
  const indent = text.slice(text.lastIndexOf("\n", dash) + 1, dash);
  const end = lineEnd(text, endOf(last));
  const head = text.slice(0, end);
  return `${head}${head.endsWith("\n") ? "" : eol}${block(indent)}${text.slice(end)}`;
}

function appendJson(text: string, list: YAMLSeq | undefined, added: readonly AcceptedEntry[]): string {
  const last = list?.items.at(-1) as Node | undefined;
  if (list && last) {
    const start = startOf(last);
    const line = text.lastIndexOf("\n", start) + 1;
    const blank = text.slice(line, start);
    const between = /^\s*$/.test(blank) && line > 0 ? `\n${blank}` : " ";
    const entries = added.map((entry) => `,${between}${JSON.stringify(clean(entry))}`).join("");
    return text.slice(0, endOf(last)) + entries + text.slice(endOf(last));
  }
  const lines = added.map((entry) => `    ${JSON.stringify(clean(entry))}`).join(",\n");
  const body = `[\n${lines}\n  ]`;
  if (list) return text.slice(0, startOf(list)) + body + text.slice(list.range?.[1] ?? 0);
  const root = read(text, true).contents;
  if (!isMap(root)) return `{\n  "accepted": ${body}\n}\n`;
  const behind = root.items.at(-1);
  const at = behind ? endOf((behind.value ?? behind.key) as Node) : startOf(root) + 1;
  return `${text.slice(0, at)}${behind ? "," : ""}\n  "accepted": ${body}${behind ? "" : "\n"}${text.slice(at)}`;
}
