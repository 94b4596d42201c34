import { describe, expect, test } from "vitest";
import { filterPassAfterSync } from "../../src/rules/filter-pass-after-sync.ts";
import { filterXmlrpcPass as rule } from "../../src/rules/filter-xmlrpc-pass.ts";
import { rule as written } from "../support/filter.ts";
import { change, type Files, fixed, lintFiles, report, small } from "../support/pair.ts";

const xmlrpcRule = /\t\t<rule>\s*<id><\/id>\s*<tracker>1690000003<\/tracker>[\s\S]*?<\/rule>\n/;
const instead = (rules = ""): Files => change(small, "both", xmlrpcRule, rules);
const gui = (files: Files, webgui: string): Files => change(files, "both", "<protocol>https</protocol>", webgui);
const target = (files: Files, address: string): Files =>
  change(files, "primary", "<synchronizetoip>10.99.0.2", `<synchronizetoip>${address}`);
const sync = (parts: Parameters<typeof written>[0]): string =>
  written({ interface: "opt1", protocol: "tcp", ...parts });
const port = (number: string): string => sync({ destination: `<any></any><port>${number}</port>` });

test.for([
  ["the port 80 of plain HTTP", gui(instead(port("80")), "<protocol>http</protocol>")],
  ["a port of one's own", gui(instead(port("8443")), "<protocol>https</protocol><port>8443</port>")],
  ["the service by its name", instead(port("https"))],
  ["any port", instead(sync({}))],
  ["TCP and UDP", instead(sync({ protocol: "tcp/udp" }))],
  ["the firewall itself", instead(sync({ destination: "<network>(self)</network>" }))],
  ["the anti-lockout rule of LAN", target(instead(), "192.168.7.12")],
  [
    "a URL table that decides",
    change(
      instead(sync({ source: "<address>web</address>" })),
      "both",
      /<type>host<\/type>\s*<address>192\.168\.7\.80/,
      "<type>urltable</type><address>https://lists.example/x",
    ),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  [
    "a rule for another port than the GUI's",
    gui(small, "<protocol>https</protocol><port>8443</port>"),
    "port 8443 on opt1 (SYNC): expected to pass, found no rule that passes it",
  ],
  ["plain HTTP", gui(small, "<protocol>http</protocol>"), "port 80 on opt1 (SYNC)"],
  ["another protocol", instead(sync({ protocol: "udp" })), "found no rule that passes it"],
  [
    "LAN without anti-lockout",
    gui(
      target(
        change(
          instead(),
          "both",
          "<interface>lan</interface>\n\t\t\t<ipprotocol>",
          "<interface>wan</interface>\n\t\t\t<ipprotocol>",
        ),
        "192.168.7.12",
      ),
      "<protocol>https</protocol><noantilockout></noantilockout>",
    ),
    "on lan: expected to pass",
  ],
] as const)("reports %s", async ([, files, expected]) => {
  expect(await report(rule, files)).toContain(expected);
});

test("looks at the port that the primary dials, not at that of the secondary", async () => {
  const files = change(small, "secondary", "<protocol>https</protocol>", "<protocol>https</protocol><port>8443</port>");
  expect(await report(rule, files)).toBe("");
});

test("looks at the secondary only", async () => {
  expect(await report(rule, change(small, "primary", xmlrpcRule, ""))).toBe("");
});

describe("the fix", () => {
  const fixOf = async (files: Files) => {
    const { diagnostics } = await lintFiles(files, [rule]);
    expect(diagnostics).toHaveLength(1);
    return diagnostics[0]?.fix;
  };
  const block = written({ interface: "opt1", type: "block", descr: "none" });

  test("is safe where the next sync would write the rule", async () => {
    const files = change(small, "secondary", xmlrpcRule, "");
    expect((await fixOf(files))?.safe).toBe(true);
    expect(await fixed(rule, files)).toEqual(small);
  });

  test("opens both nodes where the primary's rules would close the secondary again", async () => {
    const fix = await fixOf(instead());
    expect(fix?.safe).toBe(false);
    expect(new Set(fix?.edits.map(({ at }) => at.source.path))).toEqual(new Set(["primary.xml", "secondary.xml"]));
    const after = await fixed(rule, instead());
    expect(await report(rule, after)).toBe("");
    expect(await report(filterPassAfterSync, after)).toBe("");
  });

  test("opens the secondary alone where rules do not travel", async () => {
    const stay = change(instead(), "primary", "<synchronizerules>on</synchronizerules>", "");
    expect((await fixOf(stay))?.edits.map(({ at }) => at.source.path)).toEqual(["secondary.xml"]);
  });

  test("opens the secondary alone where only a rule of its own blocks", async () => {
    const files = change(small, "secondary", "\t<filter>\n", `\t<filter>\n${block}`);
    const fix = await fixOf(files);
    expect(fix?.safe).toBe(false);
    expect(fix?.edits.map(({ at }) => at.source.path)).toEqual(["secondary.xml"]);
    expect(await report(rule, await fixed(rule, files))).toBe("");
  });

  test("is none where one of the two nodes cannot be opened", async () => {
    const floating = written({ interface: "opt1", type: "block", more: "<floating>yes</floating><quick></quick>" });
    const files = change(instead(), "primary", "\t<filter>\n", `\t<filter>\n${floating}`);
    expect(await fixOf(files)).toBeUndefined();
  });
});

test("fixes the secondary, and nothing else", async () => {
  const before = change(small, "secondary", xmlrpcRule, "");
  const after = await fixed(rule, before);
  expect(after.primary).toBe(before.primary);
  expect(await report(rule, after)).toBe("");
});

test.for([
  ["the target is no address", target(small, "https://10.99.0.2")],
  ["the target is no address of the secondary", target(small, "10.99.0.3")],
  [
    "the primary has no address beside it",
    change(instead(), "primary", "<ipaddr>10.99.0.1</ipaddr>", "<ipaddr>10.98.0.1</ipaddr>"),
  ],
] as const)("does not arise where %s", async ([, files]) => {
  expect((await lintFiles(files, [rule])).notApplicable).toHaveLength(1);
});
