import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { simulate } from "../../src/behaviour/simulate.ts";
import { simulationJson } from "../../src/report/simulate-json.ts";
import { simulationText } from "../../src/report/simulate-text.ts";
import type { Simulation } from "../../src/simulation.ts";
import { change, clusterFrom, type Files, readFiles, root, small } from "../support/pair.ts";

const schema = JSON.parse(readFileSync(new URL("schema/simulate.schema.json", root), "utf8"));
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);

const equalSkew = change(small, "secondary", /<advskew>100</g, "<advskew>0<");
const cases: Readonly<Record<string, Files>> = {
  reference: readFiles("conformance/clusters/reference"),
  clean: readFiles("conformance/clusters/clean"),
  "dual-wan-vlan": readFiles("conformance/clusters/dual-wan-vlan"),
  "equal-skew": equalSkew,
  "high-skew": change(small, "secondary", /<advskew>100</g, "<advskew>254<"),
  "other-password": change(
    small,
    "secondary",
    "<vhid>2</vhid>\n\t\t\t<advskew>100</advskew>\n\t\t\t<advbase>1</advbase>\n\t\t\t<password><![CDATA[example-vip-pass]]>",
    "<vhid>2</vhid>\n\t\t\t<advskew>100</advskew>\n\t\t\t<advbase>1</advbase>\n\t\t\t<password><![CDATA[example-other-pass]]>",
  ),
  "everything-local": local(),
  "one-host": readFiles("rules/proxmox-host-apart/bad-one-host"),
  "two-hosts": readFiles("rules/proxmox-host-apart/good-two-hosts"),
};

/** Nothing moves with the VIPs: no pfsync, node addresses everywhere, a VLAN trunk for wan and lan. */
function local(): Files {
  const steps: [keyof Files | "both", string | RegExp, string][] = [
    ["both", "<pfsyncenabled>on</pfsyncenabled>", ""],
    ["both", "<mode>hybrid</mode>", "<mode>automatic</mode>"],
    ["both", "<gateway>192.168.7.1</gateway>", ""],
    ["both", "<dnsserver>192.168.7.1</dnsserver>", ""],
    ["both", /<failover_peerip>.*<\/failover_peerip>/, ""],
    [
      "both",
      "</pfsense>",
      "<openvpn><openvpn-server><vpnid>1</vpnid><interface>wan</interface><protocol>UDP4</protocol><description>Staff</description></openvpn-server></openvpn></pfsense>",
    ],
  ];
  return steps.reduce((files, [where, find, replacement]) => change(files, where, find, replacement), small);
}

const simulationOf = (files: Files): Simulation => simulate(clusterFrom(files));
const golden = (file: string): string => new URL(`fixtures/simulate/${file}`, root).pathname;

describe.each(Object.entries(cases))("%s", (name, files) => {
  const simulation = simulationOf(files);

  test("as text", async () => {
    await expect(simulationText(simulation)).toMatchFileSnapshot(golden(`${name}.txt`));
  });

  test("as JSON", async () => {
    const output = simulationJson(simulation, "0.0.0");
    expect(validate(JSON.parse(output)), JSON.stringify(validate.errors)).toBe(true);
    if (name !== "dual-wan-vlan") await expect(output).toMatchFileSnapshot(golden(`${name}.json`));
  });
});

test("every golden is somebody's", () => {
  const known = Object.keys(cases).flatMap((name) => [`${name}.txt`, `${name}.json`]);
  expect(readdirSync(golden("")).filter((file) => !known.includes(file))).toEqual([]);
});

test("asked for more, it says of every VIP in every scenario why it is there", () => {
  const simulation = simulationOf(small);
  const output = simulationText(simulation, { verbose: true });
  for (const { vips } of simulation.scenarios) for (const { why } of vips) expect(output).toContain(why);
  expect(simulationText(simulation)).not.toContain("advertises every");
});

test("more than four VIPs stand in one column where they share their fate, and alone where they do not", () => {
  const files = readFiles("conformance/clusters/kea-24.5");
  const heads = (pair: Files): string[] => simulationText(simulationOf(pair)).split("\n").slice(2, 4);
  expect(heads(files).map((line) => line.trim())).toEqual(["5 VIPs          takeover", "wan, lan, opt1"]);
  const alone = change(files, "secondary", "<vhid>13</vhid>", "<vhid>14</vhid>");
  expect(heads(alone)[0]?.trim().split(/ {2,}/)).toEqual(["4 VIPs", "172.20.20.1", "172.20.20.1", "takeover"]);
  expect(heads(alone)[1]?.trim().split(/ {2,}/)).toEqual(["wan, lan", "VHID 13, opt1", "VHID 14, opt1"]);
});

test("a pair without CARP VIPs gets a sentence, not an empty table", () => {
  const files = change(small, "both", /<mode>carp<\/mode>/g, "<mode>other</mode>");
  expect(simulationText(simulationOf(files))).toMatch(/\n\nno CARP VIP on either node: nothing fails over\n$/);
});

test("names from the file cannot write to the terminal", () => {
  const files = change(small, "primary", "<hostname>brook-a</hostname>", "<hostname>a\u202eb</hostname>");
  expect(simulationText(simulationOf(files))).toContain("a\\u{202e}b");
});

test("no password occurs in any output", () => {
  for (const files of Object.values(cases)) {
    const simulation = simulationOf(files);
    const output = simulationText(simulation, { verbose: true }) + simulationJson(simulation, "0.0.0");
    expect(output).not.toMatch(/example-[a-z-]*pass|example-ha-sync/);
  }
});

test("the pages show what the program prints", () => {
  const page = (name: string): string => readFileSync(new URL(`docs/${name}.md`, root), "utf8");
  const printed = (name: string): string => readFileSync(golden(`${name}.txt`), "utf8").trimEnd();
  expect(page("commands/simulate")).toContain(printed("high-skew"));
  const [, wires, table] = printed("one-host").split("\n\n");
  expect(page("proxmox")).toContain(`\`\`\`text\n${wires}\n\n${table}\n\`\`\``);
});
