import { basename } from "node:path";
import { filterOf } from "../../behaviour/packet-filter/index.ts";
import { trace as traced } from "../../behaviour/trace.ts";
import type { Config } from "../../model/config.ts";
import { traceJson, traceText } from "../../report/trace.ts";
import { holds } from "../../trace.ts";
import { readConfigFile, readInput, requireLoadable } from "../input.ts";
import { exitCodes, type Io, UsageError } from "../io.ts";
import { suggestion } from "../nearest.ts";
import type { Arguments } from "../options.ts";
import { paintFor } from "../paint.ts";
import { type NamedQuery, QueryFault, readQueries, readQuery } from "../queries.ts";

/** The options that describe one packet, and the fields of a query that they are. */
const packetOptions: ReadonlyMap<string, string> = new Map([
  ["interface", "interface"],
  ["direction", "direction"],
  ["protocol", "protocol"],
  ["source", "source"],
  ["destination", "destination"],
  ["port", "port"],
  ["source-port", "sourcePort"],
  ["expect", "expect"],
]);

/** Says which firewall rule decides about packets. */
export async function trace(args: Arguments, io: Io): Promise<number> {
  const file = String(args["file"]);
  const list = args["queries"] as string | undefined;
  if (file === "-" && list === "-") throw new UsageError("only one of the two files can be standard input");
  const config = await readConfigFile(file, io);
  requireLoadable(config);
  const named = list === undefined ? [oneQuery(args, config)] : await manyQueries(list, args, config, io);
  const result = traced(config, queriesFor(named, file, io));
  const output =
    args["format"] === "json"
      ? traceJson(result)
      : traceText(result, await paintFor(args["color"], io), args["quiet"] === true);
  io.stdout.write(output);
  return result.results.every(holds) ? exitCodes.ok : exitCodes.findings;
}

function oneQuery(args: Arguments, config: Config): NamedQuery {
  const given = [...packetOptions].map(([option, field]) => [field, args[option]] as const);
  try {
    return onInterface(config, readQuery(Object.fromEntries(given.filter(([, value]) => value !== undefined))));
  } catch (fault) {
    if (!(fault instanceof QueryFault)) throw fault;
    const missing = /^missing (\w+)/.exec(fault.message)?.[1];
    throw new UsageError(
      missing === undefined ? fault.message : `${fault.message}: give --${missing}, or --queries FILE`,
    );
  }
}

async function manyQueries(list: string, args: Arguments, config: Config, io: Io): Promise<readonly NamedQuery[]> {
  const extra = [...packetOptions.keys()].find((option) => args[option] !== undefined);
  if (extra !== undefined)
    throw new UsageError(`--${extra} describes one packet, and --queries gives many; choose one`);
  const { source } = await readInput(list, io);
  return readQueries(source.path, source.text, (query) => onInterface(config, query));
}

/** The query with the key of its interface, which may be given by its description. */
function onInterface(config: Config, named: NamedQuery): NamedQuery {
  const { query } = named;
  const filter = filterOf(config);
  const wanted = query.interface;
  if (filter.hasInterface(wanted)) return named;
  const described = config.interfaces.find(({ label }) => label.toLowerCase() === wanted.toLowerCase());
  if (described && filter.hasInterface(described.key))
    return { ...named, query: { ...query, interface: described.key } };
  const found = config.interface(wanted) ?? described;
  if (found) throw new QueryFault("interface", `interface ${found.title} is not enabled`);
  const keys = config.interfaces.filter(({ enabled }) => enabled).map(({ key }) => key);
  throw new QueryFault(
    "interface",
    `unknown interface ${wanted}${suggestion(wanted, keys) || `; one of ${keys.join(", ")}`}`,
  );
}

/** Queries that name a node are about the file of that name. */
function queriesFor(named: readonly NamedQuery[], file: string, io: Io): readonly NamedQuery["query"][] {
  const name = basename(file).replace(/\.xml$/i, "");
  const mine = named.filter(({ node }) => node === undefined || file === "-" || node === name);
  const others = named.length - mine.length;
  if (others > 0 && mine.length === 0)
    throw new UsageError(`none of the packets is about ${name}; their nodes are the names of files`);
  if (others > 0) io.stderr.write(`pfha-lint: ${others} packets are about other nodes than ${name}\n`);
  return mine.map(({ query }) => query);
}
