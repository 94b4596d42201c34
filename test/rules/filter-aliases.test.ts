import { describe, expect, test } from "vitest";
import { filterAliasExists } from "../../src/rules/filter-alias-exists.ts";
import { filterAliasSynced } from "../../src/rules/filter-alias-synced.ts";
import { alias, rule as written } from "../support/filter.ts";
import { change, type Files, lintFiles, report, small } from "../support/pair.ts";

const rules = (files: Files, where: keyof Files | "both", ...more: readonly string[]): Files =>
  change(files, where, "</filter>", `${more.join("")}</filter>`);
const aliases = (files: Files, where: keyof Files | "both", ...more: readonly string[]): Files =>
  change(files, where, "</aliases>", `${more.join("")}</aliases>`);
const nat = (files: Files, where: keyof Files | "both", xml: string): Files =>
  change(files, where, "<nat>", `<nat>${xml}`);
const box = (files: Files, name: string): Files =>
  change(files, "primary", `<synchronize${name}>on</synchronize${name}>`, "");

const forward = (more: string): string =>
  `<rule><interface>wan</interface><protocol>tcp</protocol><source><any></any></source><destination><address>198.51.100.10</address><port>443</port></destination><target>192.168.7.80</target><local-port>443</local-port><descr>Web</descr>${more}</rule>`;

describe("filter-alias-exists", () => {
  const found = (files: Files) => report(filterAliasExists, files);
  const to = (name: string, parts: object = {}): Files =>
    rules(small, "both", written({ destination: `<address>${name}</address>`, ...parts }));

  test.for([
    ["an alias", to("web")],
    ["a network", to("10.0.0.0/8")],
    [
      "any, whatever stands beside it",
      rules(small, "both", written({ destination: "<any></any><address>gone</address>" })),
    ],
    [
      "keywords",
      rules(small, "both", written({ source: "<network>lanip</network>", destination: "<network>(self)</network>" })),
    ],
    [
      "a group",
      change(
        rules(small, "both", written({ destination: "<network>INSIDE</network>" })),
        "both",
        "</pfsense>",
        "<ifgroups><ifgroupentry><ifname>INSIDE</ifname><members>lan</members></ifgroupentry></ifgroups></pfsense>",
      ),
    ],
    ["a disabled rule", to("gone", { more: "<disabled></disabled>" })],
    [
      "ports of a protocol without ports",
      rules(small, "both", written({ protocol: "esp", destination: "<any></any><port>gone</port>" })),
    ],
    [
      "a range of ports",
      rules(small, "both", written({ protocol: "tcp", destination: "<any></any><port>1024-65535</port>" })),
    ],
    [
      "an outbound rule while NAT is automatic",
      change(
        change(small, "both", "<mode>hybrid</mode>", "<mode>automatic</mode>"),
        "both",
        "<network>192.168.7.0/24</network>",
        "<network>gone</network>",
      ),
    ],
    [
      "a port forward that forwards nothing",
      nat(small, "both", forward("<nordr></nordr>").replace("192.168.7.80", "gone")),
    ],
    [
      "the secondary's rules that the next sync replaces",
      rules(small, "secondary", written({ destination: "<address>gone</address>" })),
    ],
  ] as const)("accepts %s", async ([, files]) => {
    expect(await found(files)).toBe("");
  });

  test.for([
    [
      "a source",
      rules(small, "primary", written({ source: "<address>gone</address>", descr: "x" })),
      'rule "x" on lan: expected an address or an alias, found gone',
    ],
    ["an alias of digits only", aliases(to("123"), "both", alias("123", "host", "10.0.0.1")), "found 123"],
    [
      "a source port",
      rules(small, "primary", written({ protocol: "udp", source: "<any></any><port>gone</port>" })),
      "expected a port or an alias, found gone",
    ],
    [
      "a local port",
      nat(small, "primary", forward("").replace("<local-port>443", "<local-port>gone")),
      'port forward "Web" on wan: expected a port or an alias, found gone',
    ],
    [
      "an outbound source",
      change(small, "primary", "<network>192.168.7.0/24</network>", "<network>gone</network>"),
      "outbound NAT of gone on wan: expected an address or an alias, found gone",
    ],
    [
      "a table of newer releases",
      rules(small, "primary", written({ source: "<address>_private4_</address>" })),
      "found _private4_",
    ],
  ] as const)("reports %s", async ([, files, expected]) => {
    expect(await found(files)).toContain(expected);
  });

  test("reports both nodes where the section stays", async () => {
    const { diagnostics } = await lintFiles(box(to("gone"), "rules"), [filterAliasExists]);
    expect(diagnostics.map(({ node }) => node)).toEqual(["primary", "secondary"]);
  });
});

describe("filter-alias-synced", () => {
  const found = (files: Files) => report(filterAliasSynced, files);
  const servers = alias("servers", "host", "192.168.7.81");
  const nosync = (text: string): string => text.replace("</alias>", "<nosync></nosync></alias>");
  const using = (files: Files, parts: object = {}): Files =>
    rules(files, "primary", written({ destination: "<address>servers</address>", descr: "x", ...parts }));

  test.for([
    ["an alias that travels", using(aliases(small, "primary", servers))],
    ["an alias that is not there at all, which filter-alias-exists reports", using(small)],
    ["a rule that stays", using(aliases(small, "primary", nosync(servers)), { more: "<nosync></nosync>" })],
    ["a rule that is disabled", using(aliases(small, "primary", nosync(servers)), { more: "<disabled></disabled>" })],
    ["rules that are not selected", box(using(aliases(small, "primary", nosync(servers))), "rules")],
    ["aliases that the secondary keeps", box(using(aliases(small, "both", servers)), "aliases")],
  ] as const)("accepts %s", async ([, files]) => {
    expect(await found(files)).toBe("");
  });

  test.for([
    [
      "an alias with nosync, although the secondary has it today",
      using(aliases(aliases(small, "primary", nosync(servers)), "secondary", servers)),
      "untick No XMLRPC Sync in alias servers",
    ],
    [
      "a port alias",
      rules(
        aliases(small, "primary", nosync(alias("ports", "port", "443"))),
        "primary",
        written({ protocol: "tcp", destination: "<any></any><port>ports</port>" }),
      ),
      "expected alias ports on the secondary",
    ],
    [
      "aliases that are not selected",
      box(using(aliases(small, "primary", servers)), "aliases"),
      "select Firewall aliases for XMLRPC sync",
    ],
    [
      "a port forward",
      nat(aliases(small, "primary", nosync(servers)), "primary", forward("").replace("192.168.7.80", "servers")),
      'port forward "Web" on wan: expected alias servers',
    ],
  ] as const)("reports %s", async ([, files, expected]) => {
    expect(await found(files)).toContain(expected);
  });

  test("tells each alias once, and follows circles to their end", async () => {
    const circle = aliases(small, "primary", nosync(alias("a", "host", "b 10.0.0.1")), alias("b", "host", "a"));
    const use = written({ destination: "<address>b</address>" });
    const { diagnostics } = await lintFiles(rules(circle, "primary", use, use), [filterAliasSynced]);
    expect(diagnostics.map(({ subject }) => subject)).toEqual(["alias/a"]);
  });

  test("does not arise where neither rules nor NAT is selected", async () => {
    const { notApplicable } = await lintFiles(box(box(small, "rules"), "nat"), [filterAliasSynced]);
    expect(notApplicable).toHaveLength(1);
  });
});
