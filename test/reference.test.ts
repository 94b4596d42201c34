import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compact } from "../src/report/text.ts";
import { rules } from "../src/rules/index.ts";
import { change, lintFiles, root, type WiredFiles } from "./support/pair.ts";

const read = (name: string): string => readFileSync(new URL(`fixtures/pairs/reference/${name}.xml`, root), "utf8");
const reference: WiredFiles = { primary: read("pf1"), secondary: read("pf2") };

async function headlines(files: WiredFiles): Promise<string[]> {
  const report = await lintFiles(files, rules);
  return compact({ toolVersion: "0", exitCode: 0, failOn: "error", reports: [report] })
    .trimEnd()
    .split("\n");
}

/** What is said of the changed pair, and not of the reference cluster as it is. */
async function added(files: WiredFiles): Promise<string[]> {
  const before = new Set((await headlines(reference)).map((line) => line.replace(/:\d+:\d+:/, ":")));
  return (await headlines(files)).filter((line) => !before.has(line.replace(/:\d+:\d+:/, ":")));
}

const pfsyncRule = /\t\t<rule>\n(?:(?!<\/rule>)[\s\S])*<protocol>pfsync<\/protocol>[\s\S]*?<\/rule>\n/;
const webRule = /\t\t<rule>\n(?:(?!<\/rule>)[\s\S])*<port>443<\/port>[\s\S]*?<\/rule>\n/;
const block =
  "\t\t<rule>\n\t\t\t<tracker>1700000000</tracker>\n\t\t\t<type>block</type>\n\t\t\t<interface>opt1</interface>\n\t\t\t<ipprotocol>inet</ipprotocol>\n\t\t\t<source>\n\t\t\t\t<any></any>\n\t\t\t</source>\n\t\t\t<destination>\n\t\t\t\t<any></any>\n\t\t\t</destination>\n\t\t\t<descr><![CDATA[Nothing here]]></descr>\n\t\t</rule>\n";
const both = (find: string | RegExp, by: string): WiredFiles => change(reference, "both", find, by);
const only = (where: "primary" | "secondary", find: string | RegExp, by: string): WiredFiles =>
  change(reference, where, find, by);

test.for([
  ["another VHID", only("secondary", "<vhid>10</vhid>", "<vhid>11</vhid>")],
  ["another password", only("secondary", /(<vhid>10<\/vhid>[\s\S]*?<password><!\[CDATA\[)[^\]]*/, "$1example-other")],
  [
    "the skews the wrong way round",
    change(only("primary", /<advskew>0/g, "<advskew>100"), "secondary", /<advskew>100/g, "<advskew>0"),
  ],
  ["no rule for pfsync", both(pfsyncRule, "")],
  [
    "the rule for pfsync disabled",
    both("<protocol>pfsync</protocol>", "<protocol>pfsync</protocol>\n\t\t\t<disabled></disabled>"),
  ],
  ["the rules behind one that blocks", both("\t<filter>\n", `\t<filter>\n${block}`)],
  [
    "no rule for the port that the web GUI listens on",
    both("<protocol>https</protocol>", "<protocol>https</protocol>\n\t\t\t<port>8443</port>"),
  ],
  ["no rule for the web GUI", both(webRule, "")],
  [
    "private networks blocked on the private WAN",
    only("secondary", "<gateway>WANGW</gateway>\n", "<gateway>WANGW</gateway>\n\t\t\t<blockpriv></blockpriv>\n"),
  ],
  [
    "bogons blocked on the private WAN",
    both("<gateway>WANGW</gateway>\n", "<gateway>WANGW</gateway>\n\t\t\t<blockbogons></blockbogons>\n"),
  ],
  [
    "configuration pushed from both nodes",
    only("secondary", "<synchronizetoip></synchronizetoip>", "<synchronizetoip>10.0.0.1</synchronizetoip>"),
  ],
  ["a URL as target", only("primary", "<synchronizetoip>10.0.0.2", "<synchronizetoip>https://10.0.0.2")],
  ["pfsync on one node only", only("secondary", "\t\t<pfsyncenabled>on</pfsyncenabled>\n", "")],
  ["the own address as peer", only("secondary", "<pfsyncpeerip>10.0.0.1", "<pfsyncpeerip>10.0.0.2")],
  ["another release on one node", only("secondary", "<version>23.3", "<version>22.9")],
] as const)("the reference cluster with %s", async ([name, files]) => {
  expect([name, ...(await added(files))].join("\n")).toMatchSnapshot();
});
