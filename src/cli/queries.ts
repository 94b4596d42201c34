import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import { protocolNames, protocolNumber, protocolsWithPorts } from "../behaviour/packet-filter/protocols.ts";
import { parseAddress } from "../model/address.ts";
import { printable } from "../report/printable.ts";
import type { TraceQuery } from "../trace.ts";
import { UsageError } from "./io.ts";
import { suggestion } from "./nearest.ts";

/** A query and the node that it names, if it names one. */
export interface NamedQuery {
  readonly node: string | undefined;
  readonly query: TraceQuery;
}

/** The fields of a query as they were given, before anybody looked at them. */
type Given = Readonly<Record<string, unknown>>;

/** Fields that say something to people only. */
const remarks = new Set(["why", "note"]);
const fields = [
  "node",
  "interface",
  "direction",
  "protocol",
  "source",
  "destination",
  "port",
  "sourcePort",
  "expect",
  "verdict",
];

/** What is wrong with a query: a field, or the query as a whole, and why. */
export class QueryFault extends Error {
  readonly field: string | undefined;

  constructor(field: string | undefined, message: string) {
    super(message);
    this.field = field;
  }
}

/**
 * Understands the fields of one query.
 * @throws QueryFault
 */
export function readQuery(given: Given): NamedQuery {
  for (const name of Object.keys(given)) {
    if (!fields.includes(name) && !remarks.has(name)) {
      throw new QueryFault(name, `unknown field ${name}${suggestion(name, fields)}`);
    }
  }
  const source = address(given, "source");
  const destination = address(given, "destination");
  if (parseAddress(source)?.family !== parseAddress(destination)?.family) {
    throw new QueryFault("destination", `expected an address of the same family as ${source}, found ${destination}`);
  }
  const protocol = protocolOf(given, source);
  const number = protocolNumber(protocol, parseAddress(source)?.family ?? 4) ?? -1;
  return {
    node: given["node"] === undefined ? undefined : text(given, "node"),
    query: {
      interface: text(given, "interface"),
      direction: word(given, "direction", ["in", "out"], "in"),
      protocol,
      source,
      destination,
      port: destinationPort(given, protocol, protocolsWithPorts.has(number)),
      sourcePort: port(given, "sourcePort"),
      expect: expected(given),
    },
  };
}

function text(given: Given, name: string): string {
  const value = given[name];
  if (value === undefined || value === null || value === "") throw new QueryFault(undefined, `missing ${name}`);
  if (typeof value !== "string" && typeof value !== "number") throw new QueryFault(name, `expected a text for ${name}`);
  return String(value);
}

function address(given: Given, name: string): string {
  const value = text(given, name);
  if (!parseAddress(value)) throw new QueryFault(name, `expected an IP address for ${name}, found ${value}`);
  return value;
}

function protocolOf(given: Given, source: string): string {
  const value = text(given, "protocol").toLowerCase();
  if (protocolNumber(value, parseAddress(source)?.family ?? 4) === undefined) {
    throw new QueryFault("protocol", `unknown protocol ${value}${suggestion(value, protocolNames)}`);
  }
  return value;
}

function word<T extends string>(given: Given, name: string, words: readonly T[], otherwise: T): T {
  const value = given[name] ?? otherwise;
  const found = words.find((known) => known === value);
  if (found === undefined)
    throw new QueryFault(name, `expected ${words.join(" or ")} for ${name}, found ${String(value)}`);
  return found;
}

function port(given: Given, name: string): number | null {
  const value = given[name];
  if (value === undefined || value === null) return null;
  const number = typeof value === "string" && /^\d{1,5}$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number) && number >= 0 && number <= 65535) return number;
  throw new QueryFault(name, `expected a port from 0 to 65535 for ${name}, found ${String(value)}`);
}

function destinationPort(given: Given, protocol: string, hasPorts: boolean): number | null {
  const found = port(given, "port");
  if (hasPorts && found === null) throw new QueryFault(undefined, `missing port, which ${protocol} needs`);
  if (!hasPorts && found !== null) throw new QueryFault("port", `expected no port, since ${protocol} has none`);
  return found;
}

/** `expect` and `verdict` both mean the verdict that a packet should have. */
function expected(given: Given): TraceQuery["expect"] {
  const [expect, verdict] = ["expect", "verdict"].map((name) =>
    given[name] === undefined || given[name] === null ? null : word(given, name, ["pass", "block"], "pass"),
  );
  if (expect && verdict && expect !== verdict)
    throw new QueryFault("verdict", `expected one verdict, found ${expect} and ${verdict}`);
  return expect ?? verdict ?? null;
}

/**
 * Reads a list of queries, YAML or JSON. `check` may refuse one for what is not in it.
 * @throws UsageError with file, line and column
 */
export function readQueries(
  path: string,
  content: string,
  check: (named: NamedQuery) => NamedQuery,
): readonly NamedQuery[] {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines });
  const fail = (offset: number, message: string): never => {
    const { line, col } = lines.linePos(offset);
    throw new UsageError(`${path}:${line || 1}:${col || 1}: ${printable(message)}`);
  };
  const [error] = document.errors;
  if (error) fail(error.pos[0], error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? "");
  const { contents } = document;
  if (!isSeq(contents)) return fail(contents?.range?.[0] ?? 0, "expected a list of packets");
  return contents.items.map((item) => {
    const map = isMap(item)
      ? item
      : fail(startOf(item), "expected a packet: a mapping of interface, protocol and so on");
    try {
      return check(readQuery(map.toJS(document) as Given));
    } catch (fault) {
      if (!(fault instanceof QueryFault)) throw fault;
      return fail(placeOf(map, fault.field), fault.message);
    }
  });
}

const startOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;

/** Where a field stands: its value, its name where it is the name that is wrong, or the packet. */
function placeOf(map: YAMLMap, field: string | undefined): number {
  const pair = map.items.find((item: Pair) => isScalar(item.key) && item.key.value === field);
  if (!pair) return startOf(map);
  return fields.includes(field ?? "") && pair.value !== null ? startOf(pair.value) : startOf(pair.key);
}
