import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Decision, filterOf } from "../../src/behaviour/packet-filter/index.ts";
import { syncOf } from "../../src/behaviour/xmlrpc-sync.ts";
import { type Address, parseAddress } from "../../src/model/address.ts";
import { type Config, parseConfig } from "../../src/model/config.ts";
import { decode } from "../../src/parser/decode.ts";
import { root } from "../support/pair.ts";

interface Query {
  readonly node: string;
  readonly interface: string;
  readonly direction: "in" | "out";
  readonly protocol: string;
  readonly source: string;
  readonly destination: string;
  readonly port: number | null;
  readonly verdict: "pass" | "block";
  readonly why: string;
}

const folders = ["filter", "clusters"].map((name) => new URL(`fixtures/conformance/${name}/`, root));
const cases = folders.flatMap((folder) =>
  existsSync(folder) ? readdirSync(folder).map((name) => new URL(`${name}/`, folder)) : [],
);

/** Folders without packets are about something else. */
const withQueries = cases.filter((folder) => existsSync(new URL("queries.json", folder)));

describe.each(withQueries.map((folder) => ({ name: folder.pathname.split("/").at(-2), folder })))(
  "$name",
  ({ folder }) => {
    const queries: Query[] = JSON.parse(readFileSync(new URL("queries.json", folder), "utf8"));
    const configs = new Map<string, Config>();
    const configOf = (node: string): Config => {
      const known = configs.get(node);
      if (known) return known;
      const config = parseConfig(decode(`${node}.xml`, readFileSync(new URL(`${node}.xml`, folder))));
      configs.set(node, config);
      return config;
    };

    test.for(queries.map((query) => [title(query), query] as const))("%s", ([, query]) => {
      expectDecision(configOf(query.node), query);
    });
  },
);

/** Folders that also hold the secondary as pfSense left it after one sync. */
const withSync = withQueries.filter((folder) => existsSync(new URL("secondary-after-sync.xml", folder)));

describe.each(withSync.map((folder) => ({ name: folder.pathname.split("/").at(-2), folder })))(
  "$name, with a sync that is only simulated",
  ({ folder }) => {
    const read = (node: string): Config =>
      parseConfig(decode(`${node}.xml`, readFileSync(new URL(`${node}.xml`, folder))));
    const { config } = syncOf(read("primary"), read("secondary"));
    const queries: Query[] = JSON.parse(readFileSync(new URL("queries.json", folder), "utf8"));

    test.for(
      queries.filter(({ node }) => node === "secondary-after-sync").map((query) => [title(query), query] as const),
    )("%s", ([, query]) => {
      expectDecision(config, query);
    });
  },
);

test("there are packets to decide about", () => {
  expect(withSync.length).toBeGreaterThan(0);
  expect(withQueries.length).toBeGreaterThan(30);
});

/** Asks for the verdict and the rule that pfSense's own pf gave. */
function expectDecision(config: Config, query: Query): void {
  const decision = filterOf(config).decide({
    ...query,
    source: address(query.source),
    destination: address(query.destination),
    port: query.port ?? undefined,
  });
  expect(decision.verdict, decision.why).toBe(query.verdict);
  expect(decider(decision)).toBe(withoutRemark(query.why));
}

const title = (query: Query): string =>
  `${query.node}: ${query.protocol} ${query.direction} on ${query.interface}, ${query.source} to ${query.destination} ${query.port ?? ""}`;

const address = (text: string): Address => parseAddress(text)!;

/** `filter/rule[i] "description"`, or the label of pfSense's own rule. */
const decider = ({ rule, label }: Decision): string =>
  rule ? `filter/rule[${rule.index}] "${rule.descr.text}"` : label;

const withoutRemark = (why: string): string => why.replace(/ \(.*\)$/, "");
