/**
 * `npm run bench [-- --sizes 0.1,1,10,100] [--runs N]`: whole processes, in alternating runs, as ratios to a process of
 * Node that does nothing and to xmllint on the same files. Prints the table and the machine; judges nothing.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { generatePair } from "./generate.ts";

const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : (process.argv[at + 1] ?? otherwise);
};
const sizes = option("sizes", "0.1,1,10").split(",").map(Number);
const runsFor = (size: number): number => Number(option("runs", String(size <= 1 ? 15 : size <= 10 ? 7 : 3)));

interface Contender {
  readonly name: string;
  readonly command: readonly string[];
}

interface Sample {
  readonly wall: number;
  /** Largest resident set, kilobytes. */
  readonly peak: number;
}

const folder = join(tmpdir(), `pfha-bench-${process.pid}`);
mkdirSync(folder, { recursive: true });
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const hasTime = spawnSync("/usr/bin/time", ["-f", "%M", "true"]).status === 0;
const has = (command: string): boolean => spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;

function run(command: readonly string[]): Sample {
  const [program = "", ...args] = hasTime
    ? ["/usr/bin/time", "-f", "%M", "-o", join(folder, "rss"), ...command]
    : command;
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(program, args, { stdio: ["ignore", "ignore", "pipe"], maxBuffer: 1 << 26 });
  const wall = Number(process.hrtime.bigint() - start) / 1e6;
  if (status === null || status > 1) throw new Error(`${command.join(" ")} failed (${status}): ${stderr}`);
  const peak = hasTime ? Number(readFileSync(join(folder, "rss"), "utf8").trim().split("\n").at(-1)) : 0;
  return { wall, peak };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Medians of all contenders, which take turns, so that a machine that changes its speed changes it for all. */
function measure(contenders: readonly Contender[], runs: number): Map<string, Sample> {
  const samples = new Map(contenders.map(({ name }) => [name, [] as Sample[]]));
  for (const { command } of contenders) run(command);
  for (let i = 0; i < runs; i++) for (const { name, command } of contenders) samples.get(name)?.push(run(command));
  return new Map(
    [...samples].map(([name, list]) => [
      name,
      { wall: median(list.map(({ wall }) => wall)), peak: median(list.map(({ peak }) => peak)) },
    ]),
  );
}

const node = process.execPath;
const bin = "bin/pfha-lint.js";
const [cpu] = cpus();
console.log(
  `pfha-lint ${JSON.parse(readFileSync("package.json", "utf8")).version}, Node ${process.version}, ${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${new Date().toISOString().slice(0, 10)}`,
);
console.log("medians of alternating whole-process runs\n");
console.log("| work | wall ms | × bare node | × xmllint | peak MB |");
console.log("| --- | ---: | ---: | ---: | ---: |");

function report(title: string, sample: Sample | undefined, bare: number, xmllint: number | undefined): void {
  if (!sample) return;
  const ratio = (value: number, to: number | undefined): string => (to === undefined ? "" : (value / to).toFixed(2));
  console.log(
    `| ${title} | ${sample.wall.toFixed(0)} | ${ratio(sample.wall, bare)} | ${ratio(sample.wall, xmllint)} | ${(sample.peak / 1024).toFixed(0)} |`,
  );
}

const bareNode: Contender = { name: "bare", command: [node, "-e", "0"] };
const helpSamples = measure([bareNode, { name: "help", command: [node, bin, "--help"] }], runsFor(0));
report("bare `node -e 0`", helpSamples.get("bare"), helpSamples.get("bare")?.wall ?? 0, undefined);
report("`--help`", helpSamples.get("help"), helpSamples.get("bare")?.wall ?? 0, undefined);

for (const size of sizes) {
  const pair = generatePair(size * 1e6);
  const files = (["primary", "secondary"] as const).map((role) => {
    const path = join(folder, `${role}-${size}.xml`);
    writeFileSync(path, pair[role]);
    return path;
  });
  const read =
    "for (const f of process.argv.slice(1)) new TextDecoder('utf-8', { fatal: true }).decode(require('fs').readFileSync(f))";
  const contenders: Contender[] = [
    bareNode,
    { name: "read", command: [node, "-e", read, ...files] },
    { name: "lint", command: [node, bin, "--no-verify-passwords", ...files] },
    { name: "verified", command: [node, bin, ...files] },
  ];
  if (has("xmllint")) contenders.push({ name: "xmllint", command: ["xmllint", "--huge", "--noout", ...files] });
  if (has("python3")) {
    const sax =
      "import sys,xml.parsers.expat as e\nfor f in sys.argv[1:]:\n p=e.ParserCreate();p.StartElementHandler=lambda n,a:None;p.CharacterDataHandler=lambda d:None;p.ParseFile(open(f,'rb'))";
    contenders.push({ name: "expat", command: ["python3", "-c", sax, ...files] });
  }
  const samples = measure(contenders, runsFor(size));
  const bare = samples.get("bare")?.wall ?? 0;
  const xmllint = samples.get("xmllint")?.wall;
  const bytes = files.map((file) => statSync(file).size / 1e6);
  const what = `two files of ${bytes.map((value) => value.toFixed(1)).join(" and ")} MB (${pair.rules} rules each)`;
  report(`${what}: read and decode`, samples.get("read"), bare, xmllint);
  report(`${what}: lint, every rule, no passwords`, samples.get("lint"), bare, xmllint);
  report(`${what}: lint, every rule, passwords verified`, samples.get("verified"), bare, xmllint);
  report(`${what}: xmllint --noout`, samples.get("xmllint"), bare, xmllint);
  report(`${what}: expat (Python)`, samples.get("expat"), bare, xmllint);
}
