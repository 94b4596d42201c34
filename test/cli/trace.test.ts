import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "../../src/cli/main.ts";
import { change, root, small } from "../support/pair.ts";
import { folder } from "../support/run.ts";
import { complaints, shippedSchema } from "../support/schema.ts";

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `pfha-lint trace` in a folder that holds the files. */
async function trace(
  args: readonly string[],
  files: Readonly<Record<string, string>> = {},
  input = "",
): Promise<Outcome> {
  const cwd = folder();
  for (const [name, content] of Object.entries({ "pf1.xml": small.primary, ...files }))
    writeFileSync(join(cwd, name), content);
  const written = { stdout: "", stderr: "" };
  const output = (name: keyof typeof written) => ({
    write: (text: string): void => {
      written[name] += text;
    },
    isTerminal: false,
  });
  const code = await main(["trace", ...args], {
    stdout: output("stdout"),
    stderr: output("stderr"),
    env: {},
    cwd,
    readStdin: async () => new TextEncoder().encode(input),
  });
  return { code, ...written };
}

const packet = (...more: string[]): string[] => [
  "pf1.xml",
  "--interface",
  "opt1",
  "--protocol",
  "tcp",
  "--source",
  "10.99.0.2",
  "--destination",
  "10.99.0.1",
  ...more,
];

const queries = (content: string, ...args: string[]): Promise<Outcome> =>
  trace(["pf1.xml", "--queries", "q.yaml", ...args], { "q.yaml": content });

describe("one packet", () => {
  test("names the rule that passes it, and its place", async () => {
    expect(await trace(packet("--port", "443"))).toEqual({
      code: 0,
      stderr: "",
      stdout:
        'pass:  tcp in on opt1, from 10.99.0.2 to 10.99.0.1 port 443\n  rule "XMLRPC" on opt1 passes it, the first rule that matches\n  at pf1.xml:162:3\n',
    });
  });

  test("says which rule to add, and where, for one that no rule passes", async () => {
    const { code, stdout } = await trace(packet("--port", "22"));
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "block: tcp in on opt1, from 10.99.0.2 to 10.99.0.1 port 22
        no rule passes it, so the default deny rule decides
        help: add a rule that passes TCP from 10.99.0.2 (or SYNC net) to 10.99.0.1 (or SYNC net) port 22 in Firewall > Rules > SYNC
      "
    `);
  });

  test("ends with 1 if it was expected otherwise", async () => {
    const { code, stdout } = await trace(packet("--port", "22", "--expect", "pass"));
    expect(code).toBe(1);
    expect(stdout).toContain("  expected pass, found block\n");
    expect((await trace(packet("--port", "22", "--expect", "block"))).code).toBe(0);
  });

  test("takes the description of an interface, in any case, and answers with its key", async () => {
    const { stdout } = await trace(packet("--port", "443").map((word) => (word === "opt1" ? "sync" : word)));
    expect(stdout).toContain("tcp in on opt1,");
  });

  test("takes the source port and the direction", async () => {
    const { stdout } = await trace(packet("--port", "443", "--direction", "out", "--source-port", "123"));
    expect(stdout).toContain("pass:  tcp out on opt1, from 10.99.0.2 port 123 to 10.99.0.1 port 443\n");
  });

  test.for([
    [packet(), "missing port, which tcp needs: give --port, or --queries FILE"],
    [packet("--port", "70000"), "expected a port from 0 to 65535 for port, found 70000"],
    [packet("--port", "22", "--direction", "up"), "expected in or out for direction, found up"],
    [packet("--port", "22", "--expect", "maybe"), "expected pass or block for expect, found maybe"],
    [["pf1.xml", "--interface", "lan"], "missing source: give --source, or --queries FILE"],
    [
      ["pf1.xml", "--interface", "lan", "--protocol", "carpp", "--source", "10.0.0.1", "--destination", "224.0.0.18"],
      "unknown protocol carpp; did you mean carp?",
    ],
    [
      ["pf1.xml", "--interface", "lan", "--protocol", "esp", "--source", "10.0.0.1", "--destination", "2001:db8::1"],
      "expected an address of the same family as 10.0.0.1, found 2001:db8::1",
    ],
    [
      ["pf1.xml", "--interface", "lan", "--protocol", "esp", "--source", "host", "--destination", "10.0.0.1"],
      "expected an IP address for source, found host",
    ],
    [
      [
        "pf1.xml",
        "--interface",
        "lan",
        "--protocol",
        "esp",
        "--port",
        "9",
        "--source",
        "10.0.0.2",
        "--destination",
        "10.0.0.1",
      ],
      "expected no port, since esp has none",
    ],
    [
      ["pf1.xml", "--interface", "opt", "--protocol", "esp", "--source", "10.0.0.2", "--destination", "10.0.0.1"],
      "unknown interface opt; did you mean opt1?",
    ],
    [
      [
        "pf1.xml",
        "--interface",
        "management",
        "--protocol",
        "esp",
        "--source",
        "10.0.0.2",
        "--destination",
        "10.0.0.1",
      ],
      "unknown interface management; one of wan, lan, opt1",
    ],
    [
      packet("--port", "22", "--queries", "q.yaml"),
      "--interface describes one packet, and --queries gives many; choose one",
    ],
    [["-", "--queries", "-"], "only one of the two files can be standard input"],
  ] as const)("refuses %j", async ([args, message]) => {
    expect(await trace(args)).toEqual({
      code: 2,
      stdout: "",
      stderr: `pfha-lint: ${message}\nTry \`pfha-lint --help\`.\n`,
    });
  });

  test("says that an interface is not enabled", async () => {
    const off = change(small, "primary", /<enable><\/enable>(\s*<if>igb2)/, "$1").primary;
    const { code, stderr } = await trace(packet("--port", "22"), { "pf1.xml": off });
    expect([code, stderr.split("\n")[0]]).toEqual([2, "pfha-lint: interface opt1 (SYNC) is not enabled"]);
  });

  test("refuses a file that pfSense would not load, with the place", async () => {
    const { code, stderr } = await trace(packet("--port", "22"), { "pf1.xml": small.primary.replace("</filter>", "") });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^pfha-lint: pf1\.xml:\d+:\d+: /);
  });
});

describe("a list of packets", () => {
  const list = `
- { interface: opt1, protocol: pfsync, source: 10.99.0.2, destination: 10.99.0.1, expect: pass, note: states }
- interface: opt1
  direction: in
  protocol: tcp
  source: 10.99.0.2
  destination: 10.99.0.1
  port: 22
  verdict: pass
`;

  test("ends with 1 and a summary where one is not as expected", async () => {
    const { code, stdout } = await queries(list);
    expect(code).toBe(1);
    expect(stdout.split("\n").at(-2)).toBe(
      "2 packets in pf1.xml (brook-a.brook.example): 1 pass, 1 block; 1 not as expected",
    );
  });

  test("follows the shipped schema as JSON", async () => {
    const { code, stdout } = await queries(list, "--format", "json");
    expect(code).toBe(1);
    const output = JSON.parse(stdout);
    expect(complaints(shippedSchema("trace.schema.json"), output)).toEqual([]);
    expect(output[0]).toMatchObject({
      query: { interface: "opt1", protocol: "pfsync", port: null, expect: "pass" },
      verdict: "pass",
      rule: {
        subject: "filter/rule/1690000002",
        file: "pf1.xml",
        start: { line: 147, column: 3 },
        description: "pfsync",
      },
      automatic: null,
      ok: true,
    });
    expect(output[1]).toMatchObject({ verdict: "block", rule: null, automatic: "Default deny rule IPv4", ok: false });
    expect(output[1].help).toContain("Firewall > Rules > SYNC");
  });

  test("reads the packets of the conformance data, and those of one node only", async () => {
    const clean = (name: string): string =>
      readFileSync(new URL(`fixtures/conformance/clusters/clean/${name}`, root), "utf8");
    const { code, stdout, stderr } = await trace(["secondary.xml", "--queries", "queries.json"], {
      "secondary.xml": clean("secondary.xml"),
      "queries.json": clean("queries.json"),
    });
    expect(code).toBe(0);
    expect(stdout).toMatch(/9 packets in secondary\.xml .*; all as expected\n$/);
    expect(stderr).toBe("pfha-lint: 13 packets are about other nodes than secondary\n");
  });

  test("refuses a list about other files", async () => {
    const { code, stderr } = await queries(
      "- { node: pf7, interface: lan, protocol: esp, source: 10.0.0.1, destination: 10.0.0.2 }",
    );
    expect(code).toBe(2);
    expect(stderr).toContain("none of the packets is about pf1");
  });

  test("reads it from standard input", async () => {
    const { code, stdout } = await trace(["pf1.xml", "--queries", "-"], {}, list);
    expect([code, stdout.includes("2 packets")]).toEqual([1, true]);
  });

  test("an empty list is no packet, and no failure", async () => {
    expect(await queries("[]", "--format", "json")).toMatchObject({ code: 0, stdout: "[]\n" });
  });

  test.for([
    ["", "1:1: expected a list of packets"],
    ["interface: lan", "1:1: expected a list of packets"],
    ["- lan", "1:3: expected a packet: a mapping of interface, protocol and so on"],
    ["- {interface: lan, protcol: tcp}", "1:20: unknown field protcol; did you mean protocol?"],
    [
      "- interface: lan\n  protocol: esp\n  source: 10.0.0.1\n  destination: 10.0.0",
      "4:16: expected an IP address for destination, found 10.0.0",
    ],
    ["- interface: lan\n  protocol: esp\n  source: 10.0.0.1", "1:3: missing destination"],
    ["- interface: lan\n  protocol: esp\n  source: 10.0.0.1\n  destination:", "1:3: missing destination"],
    [
      "- interface: lan\n  protocol: tcp\n  source: 10.0.0.1\n  destination: 10.0.0.2\n  port: 80.5",
      "5:9: expected a port from 0 to 65535 for port, found 80.5",
    ],
    [
      "- interface: lan\n  protocol: tcp\n  source: 10.0.0.1\n  destination: 10.0.0.2",
      "1:3: missing port, which tcp needs",
    ],
    [
      "- interface: [lan]\n  protocol: esp\n  source: 10.0.0.1\n  destination: 10.0.0.2",
      "1:14: expected a text for interface",
    ],
    [
      "- interface: dmz\n  protocol: esp\n  source: 10.0.0.1\n  destination: 10.0.0.2",
      "1:14: unknown interface dmz; one of wan, lan, opt1",
    ],
    [
      "- interface: lan\n  protocol: esp\n  source: 10.0.0.1\n  destination: 10.0.0.2\n  expect: pass\n  verdict: block",
      "6:12: expected one verdict, found pass and block",
    ],
    ["- interface: lan\n   protocol: esp", "1:14: Nested mappings are not allowed in compact mappings"],
    ['[{"interface": "lan",\n  "protocol": "esp" "source": ""}]', "2:21: Unexpected double-quoted-scalar token"],
  ])("malformed: %j", async ([content = "", message]) => {
    const { code, stdout, stderr } = await queries(content);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr.split("\n")[0]).toContain(`pfha-lint: q.yaml:${message}`);
  });
});
