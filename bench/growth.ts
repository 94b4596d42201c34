/**
 * `npm run bench:growth [-- --only NAME]`: lints pairs of which one thing is there many times, and half as many times, as
 * whole processes. Work that grows with the size alone takes at most about twice as long; a quadratic step shows as four
 * times. Prints the table; judges nothing.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A number of things, as text for one place of the small healthy pair. */
interface Growing {
  readonly name: string;
  readonly count: number;
  /** The close tag before which they stand, and its indentation. */
  readonly before: string;
  make(i: number, role: "primary" | "secondary", count: number): string;
}

const octets = (i: number): string => `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;

const growing: readonly Growing[] = [
  {
    name: "filter rules",
    count: 50_000,
    before: "\t</filter>",
    make: (i) =>
      `\t\t<rule><tracker>${2e9 + i}</tracker><type>pass</type><interface>lan</interface><ipprotocol>inet</ipprotocol><protocol>tcp</protocol><source><network>lan</network></source><destination><address>${octets(i)}</address><port>${1 + (i % 60_000)}</port></destination><descr><![CDATA[Rule ${i}]]></descr></rule>\n`,
  },
  {
    name: "rules that name aliases nested 8 deep",
    count: 20_000,
    before: "\t</filter>",
    make: (i) =>
      `\t\t<rule><tracker>${2e9 + i}</tracker><type>pass</type><interface>lan</interface><ipprotocol>inet</ipprotocol><source><network>lan</network></source><destination><address>nested_${i}</address></destination></rule>\n`,
  },
  {
    name: "CARP VIPs",
    count: 5000,
    before: "\t</virtualip>",
    make: (i, role) =>
      `\t\t<vip><mode>carp</mode><interface>lan</interface><vhid>${3 + (i % 250)}</vhid><advskew>${role === "primary" ? 0 : 100}</advskew><advbase>1</advbase><password>example-vip-pass</password><uniqid>64b1${i.toString(16).padStart(9, "0")}</uniqid><descr></descr><type>single</type><subnet_bits>24</subnet_bits><subnet>${octets(i)}</subnet></vip>\n`,
  },
  {
    name: "IP aliases",
    count: 5000,
    before: "\t</virtualip>",
    make: (i) =>
      `\t\t<vip><mode>ipalias</mode><interface>_vip64b0000000002</interface><uniqid>64b2${i.toString(16).padStart(9, "0")}</uniqid><descr></descr><type>single</type><subnet_bits>32</subnet_bits><subnet>${octets(i)}</subnet></vip>\n`,
  },
  {
    name: "interfaces",
    count: 64,
    before: "\t</interfaces>",
    make: (i, role) =>
      `\t\t<opt${i + 2}><enable></enable><if>igb2.${i + 100}</if><descr>NET${i}</descr><ipaddr>10.9.${i}.${role === "primary" ? 11 : 12}</ipaddr><subnet>24</subnet></opt${i + 2}>\n`,
  },
  {
    name: "accounts",
    count: 5000,
    before: "\t</system>",
    make: (i) => `\t\t<user><name>user${i}</name><descr></descr><scope>user</scope><uid>${2100 + i}</uid></user>\n`,
  },
  {
    name: "characters of one text",
    count: 100_000_000,
    before: "\t</aliases>",
    make: (i, _role, count) => (i === 0 ? `<alias><name>long</name><descr>${"x".repeat(count)}</descr></alias>` : ""),
  },
  {
    name: "attributes of one tag",
    count: 100_000,
    before: "\t</aliases>",
    make: (i, _role, count) =>
      `${i === 0 ? "<alias><name>many</name><descr" : ""} a${i}="1"${i === count - 1 ? "></descr></alias>" : ""}`,
  },
  { name: "empty elements", count: 1_000_000, before: "\t</aliases>", make: () => "<alias/>" },
  { name: "bare ampersands", count: 1_000_000, before: "\t</aliases>", make: (i) => (i === 0 ? "<alias>" : "& ") },
];

const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : undefined;
const folder = join(tmpdir(), `pfha-growth-${process.pid}`);
mkdirSync(folder, { recursive: true });
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

function write({ name, before, make }: Growing, count: number): readonly string[] {
  return (["primary", "secondary"] as const).map((role) => {
    const base = readFileSync(`fixtures/pairs/small/${role}.xml`, "utf8");
    const parts: string[] = [];
    // One text is one part, however long.
    const number = name === "characters of one text" ? 1 : count;
    for (let i = 0; i < number; i++) parts.push(make(i, role, count));
    const nested =
      name === "rules that name aliases nested 8 deep"
        ? Array.from({ length: count }, (_, i) => aliasOf(i)).join("")
        : "";
    const text = base
      .replace(before, () => `${parts.join("")}${before}`)
      .replace("\t</aliases>", () => `${nested}\t</aliases>`);
    const path = join(folder, `${role}.xml`);
    writeFileSync(path, text);
    return path;
  });
}

const aliasOf = (i: number): string =>
  `\t\t<alias><name>nested_${i}</name><type>host</type><address>${octets(i)}${i % 8 === 0 ? "" : ` nested_${i - 1}`}</address></alias>\n`;

/** How long one run takes, in ms, and what it said last. */
function run(files: readonly string[]): { readonly time: number; readonly said: string } {
  const command = ["bin/pfha-lint.js", "--no-verify-passwords", "--no-config", ...files];
  const start = process.hrtime.bigint();
  const { stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8", maxBuffer: 2 ** 30 });
  const time = Number(process.hrtime.bigint() - start) / 1e6;
  return { time, said: `${stdout}${stderr}`.trimEnd().split("\n").at(-1)?.slice(0, 120) ?? "" };
}

console.log("| many | half, ms | all, ms | ratio | MB each | last line |");
console.log("| --- | ---: | ---: | ---: | ---: | --- |");
for (const one of growing) {
  if (only !== undefined && !one.name.includes(only)) continue;
  const half = run(write(one, one.count / 2));
  const files = write(one, one.count);
  const all = run(files);
  const megabytes = statSync(files[0] ?? "").size / 1e6;
  console.log(
    `| ${one.count.toLocaleString("en")} ${one.name} | ${half.time.toFixed(0)} | ${all.time.toFixed(0)} | ${(all.time / half.time).toFixed(2)} | ${megabytes.toFixed(1)} | ${all.said} |`,
  );
}
