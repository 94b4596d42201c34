import { describe, expect, test } from "vitest";
import { filterPfsyncPass as rule } from "../../src/rules/filter-pfsync-pass.ts";
import { rule as written } from "../support/filter.ts";
import { change, type Files, fixed, lintFiles, report, small } from "../support/pair.ts";

const pfsyncRule = /\t\t<rule>\s*<id><\/id>\s*<tracker>1690000002<\/tracker>[\s\S]*?<\/rule>\n/;

/** The pair with its rule for pfsync replaced, on both nodes. */
const instead = (...rules: readonly string[]): Files =>
  change(small, "both", pfsyncRule, rules.join("\n").concat("\n"));
const sync = (parts: Parameters<typeof written>[0]): string =>
  written({ interface: "opt1", protocol: "pfsync", ...parts });

const group = (files: Files): Files =>
  change(
    files,
    "both",
    "</pfsense>",
    "<ifgroups><ifgroupentry><ifname>CLUSTER</ifname><members>opt1</members></ifgroupentry></ifgroups></pfsense>",
  );
const alias = (files: Files, type: string, address: string): Files =>
  change(
    files,
    "both",
    "</aliases>",
    `<alias><name>nodes</name><type>${type}</type><address>${address}</address></alias></aliases>`,
  );
const nodes = sync({ source: "<address>nodes</address>" });

test.for([
  ["any protocol", instead(sync({ protocol: "any" }))],
  ["no protocol", instead(sync({ protocol: undefined } as never))],
  ["the protocol's number", instead(sync({ protocol: "240" }))],
  ["a group", group(instead(sync({ interface: "CLUSTER" })))],
  ["a floating rule", instead(sync({ more: "<floating>yes</floating>" }))],
  ["a floating rule on every interface", instead(sync({ interface: "", more: "<floating>yes</floating>" }))],
  ["both families", instead(sync({ ipprotocol: "inet46" }))],
  ["an alias of both nodes", alias(instead(nodes), "host", "10.99.0.1 10.99.0.2")],
  ["a negated end that is about others", instead(sync({ source: "<network>lan</network><not></not>" }))],
  ["a block that comes later", instead(sync({}), sync({ type: "block", protocol: "any" }))],
  ["a block that is disabled", instead(sync({ type: "block", more: "<disabled></disabled>" }), sync({}))],
  ["a block that pfSense leaves out", instead(sync({ type: "block", source: "<address>gone</address>" }), sync({}))],
  ["a floating block that is not quick", instead(sync({ type: "block", more: "<floating>yes</floating>" }), sync({}))],
  ["a URL table that decides", alias(instead(nodes), "urltable", "https://lists.example/nodes")],
  ["a host name that decides", alias(instead(nodes), "host", "pf1.example pf2.example")],
  [
    "private networks blocked, which wan-private-blocking reports",
    change(small, "both", "<if>igb2</if>", "<blockpriv></blockpriv><if>igb2</if>"),
  ],
  [
    "a filter that is off, which system-filter-enabled reports",
    change(instead(), "both", "<timezone>", "<disablefilter></disablefilter><timezone>"),
  ],
  [
    "a sync address that is given by DHCP",
    change(instead(), "both", /<ipaddr>10\.99\.0\.\d<\/ipaddr>/, "<ipaddr>dhcp</ipaddr>"),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["another protocol", instead(sync({ protocol: "tcp/udp" })), "found no rule that passes it"],
  ["the other family", instead(sync({ ipprotocol: "inet6" })), "found no rule that passes it"],
  ["another interface", instead(sync({ interface: "lan" })), "found no rule that passes it"],
  ["a negated end", instead(sync({ source: "<network>opt1</network><not></not>" })), "found no rule that passes it"],
  ["an alias of others", alias(instead(nodes), "host", "10.99.0.9"), "found no rule that passes it"],
  [
    "an alias that is not there",
    instead(nodes),
    "rule 2 on opt1 is left out by pfSense: there is no alias nodes for its source",
  ],
  [
    "a floating block that is quick",
    instead(sync({ type: "block", descr: "none", more: "<floating>yes</floating><quick></quick>" }), sync({})),
    'found blocked by rule "none" on opt1',
  ],
  [
    "a block of a group",
    group(instead(sync({ type: "block", interface: "CLUSTER", descr: "none" }), sync({}))),
    'found blocked by rule "none" on CLUSTER',
  ],
  ["a reject", instead(sync({ type: "reject", descr: "none" }), sync({})), 'found rejected by rule "none" on opt1'],
] as const)("reports %s", async ([, files, expected]) => {
  const found = await report(rule, files);
  expect(found).toContain(expected);
  expect(found.match(/\[filter-pfsync-pass\]/g)).toHaveLength(2);
});

describe("the fix", () => {
  test("adds one rule to each node, and is enough", async () => {
    const after = await fixed(rule, instead());
    expect(await report(rule, after)).toBe("");
    for (const text of Object.values(after)) expect(text.match(/<protocol>pfsync<\/protocol>/g)).toHaveLength(1);
  });

  test("goes in front of the rule that blocks", async () => {
    const after = await fixed(rule, instead(sync({ type: "block", descr: "none" })));
    expect(after.primary.indexOf("Allow pfsync")).toBeLessThan(after.primary.indexOf("none"));
    expect(await report(rule, after)).toBe("");
  });

  test("lets the multicast group in where the other node names no peer", async () => {
    const after = await fixed(rule, change(instead(), "both", /<pfsyncpeerip>[^<]*/, "<pfsyncpeerip>"));
    expect(await report(rule, after)).toBe("");
    expect(after.primary).toMatch(
      /<protocol>pfsync<\/protocol>[\s\S]*<destination>\s*<any><\/any>\s*<\/destination>\s*<descr><!\[CDATA\[Allow pfsync/,
    );
  });

  test("makes the section that is not there", async () => {
    const without = change(small, "both", /\t<filter>[\s\S]*<\/filter>\n/, "");
    expect(await report(rule, await fixed(rule, without))).toBe("");
  });

  test.for([
    ["a floating rule", instead(sync({ type: "block", more: "<floating>yes</floating><quick></quick>" }), sync({}))],
    ["the rule of a group", group(instead(sync({ type: "block", interface: "CLUSTER" }), sync({})))],
  ] as const)("is not offered where %s decides", async ([, files]) => {
    const found = await report(rule, files);
    expect(found).not.toContain("fix:");
    expect(found).toContain(
      "help: put a rule that passes pfsync from and to the network of opt1 (SYNC) in front of rule 2",
    );
  });
});

test("speaks IPv6 where the peers are IPv6", async () => {
  const v6 = (files: Files): Files =>
    change(
      change(
        change(
          files,
          "primary",
          "<ipaddr>10.99.0.1</ipaddr>",
          "<ipaddr>10.99.0.1</ipaddr><ipaddrv6>fd00::1</ipaddrv6><subnetv6>64</subnetv6>",
        ),
        "secondary",
        "<ipaddr>10.99.0.2</ipaddr>",
        "<ipaddr>10.99.0.2</ipaddr><ipaddrv6>fd00::2</ipaddrv6><subnetv6>64</subnetv6>",
      ),
      "both",
      /<pfsyncpeerip>10\.99\.0\.(\d)/,
      "<pfsyncpeerip>fd00::$1",
    );
  expect(await report(rule, v6(small))).toContain("pfsync from fd00::1 to fd00::2 on opt1 (SYNC)");
  expect(await report(rule, v6(instead(sync({ ipprotocol: "inet6" }))))).toBe("");
});

test("does not arise where pfsync is off on one node", async () => {
  const files = change(instead(), "secondary", "<pfsyncenabled>on</pfsyncenabled>", "");
  expect((await lintFiles(files, [rule])).notApplicable).toHaveLength(1);
});
