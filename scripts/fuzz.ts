/**
 * `npm run fuzz -- --minutes N --seed S`: feeds broken, strange and hostile inputs to everything that reads a file:
 * decoder, parser, model, every rule, every format, every fix, the compiler, the simulators and the command line; and
 * watches what must hold for any input (test/support/invariants.ts). `--cuts` cuts both files of a small pair short at
 * every byte instead. A failure is made as small as it can be, and kept in fixtures/fuzz, which the tests replay.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type FuzzInput, readFuzzInput, writeFuzzInput } from "../test/support/fuzz-input.ts";
import { checkInvariants } from "../test/support/invariants.ts";
import { mutate } from "../test/support/mutate.ts";
import { type Next, pick, random } from "../test/support/random.ts";
import { shrink } from "../test/support/shrink.ts";

const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : (process.argv[at + 1] ?? otherwise);
};

/**
 * An input takes milliseconds; one that keeps a processor busy this long has run into something that grows too fast, or
 * has no end. Time on the clock would say more of the machine.
 */
const hangSeconds = 20;

/** The small ones more often: they take less time, and hold as much of each kind. */
const seeds = [
  "fixtures/seeds/complete",
  "fixtures/pairs/small",
  "fixtures/seeds/complete",
  "fixtures/conformance/clusters/reference",
  "fixtures/seeds/complete",
  "fixtures/conformance/sync/044-captive-portal-zones",
  "fixtures/pairs/small",
  "fixtures/conformance/clusters/kea-24.5",
];

interface Task {
  readonly seed: number;
  readonly until: number;
  readonly cuts: boolean;
}

function* inputs({ seed, until, cuts }: Task): Generator<FuzzInput> {
  if (cuts) {
    const whole = readFuzzInput("fixtures/pairs/small");
    for (const role of ["primary", "secondary"] as const) {
      for (let end = 0; end < whole[role].length; end++) yield { ...whole, [role]: whole[role].subarray(0, end) };
    }
    return;
  }
  const originals = seeds.map(readFuzzInput);
  const files = configFiles();
  const next = random(seed);
  for (let i = 0; Date.now() < until; i++) {
    if (i % 4 === 3) yield strangers(files, next);
    else yield mutate(originals[i % originals.length]!, next, i);
  }
}

/** Every small configuration among the fixtures: hundreds of fixes, one of them harmful, take longer than a hang may. */
const configFiles = (): readonly string[] =>
  readdirSync("fixtures", { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".xml"))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path).size < 40_000)
    .sort();

/** Two files that were never meant for each other: what one has and the other lacks is beyond any mutation. */
function strangers(files: readonly string[], next: Next): FuzzInput {
  const any = (): Uint8Array => readFileSync(pick(next, files));
  return { primary: any(), secondary: any() };
}

async function work(task: Task): Promise<void> {
  let i = 0;
  for (const input of inputs(task)) {
    parentPort?.postMessage({ kind: "input", input });
    const failure = await checkInvariants(input);
    parentPort?.postMessage(failure === undefined ? { kind: "passed" } : { kind: "failed", input, failure, i });
    i++;
  }
}

function keep(input: FuzzInput): string {
  const hash = createHash("sha256").update(input.primary).update(input.secondary);
  for (const bytes of Object.values(input.others ?? {})) hash.update(bytes);
  const folder = `fixtures/fuzz/${hash.digest("hex").slice(0, 12)}`;
  writeFuzzInput(folder, input);
  return folder;
}

const kindOf = (failure: string): string => failure.split("\n")[0] ?? "";

async function watch(): Promise<void> {
  const seed = Number(option("seed", String(Date.now() % 1_000_000)));
  const minutes = Number(option("minutes", "1"));
  const cuts = process.argv.includes("--cuts");
  if (!existsSync("src/cli/generated/config-validator.js")) throw new Error("`npm run build` first");
  console.log(cuts ? "cutting a pair short at every byte" : `fuzzing for ${minutes} minutes from seed ${seed}`);
  let done = 0;
  let last: FuzzInput | undefined;
  let beat = process.cpuUsage();
  const failures = new Map<string, { input: FuzzInput; failure: string; at: string }>();
  const task: Task = { seed, until: Date.now() + minutes * 60_000, cuts };
  const worker = new Worker(process.argv[1]!.endsWith(".ts") ? new URL(import.meta.url) : process.argv[1]!, {
    workerData: task,
  });
  await new Promise<void>((end) => {
    const timer = setInterval(() => {
      const { user, system } = process.cpuUsage(beat);
      if (user + system < hangSeconds * 1e6) return;
      if (last) failures.set("hang", { input: last, failure: `no answer for ${hangSeconds} s`, at: `input ${done}` });
      clearInterval(timer);
      void worker.terminate().then(() => end());
    }, 1000);
    worker.on("message", (message) => {
      beat = process.cpuUsage();
      if (message.kind === "input") last = message.input;
      else done++;
      if (message.kind !== "failed") return;
      const kind = kindOf(message.failure);
      if (!failures.has(kind)) failures.set(kind, { ...message, at: `seed ${seed}, input ${message.i}` });
    });
    worker.on("error", (error) =>
      failures.set("crash", { input: last!, failure: String(error.stack), at: `input ${done}` }),
    );
    worker.on("exit", () => {
      clearInterval(timer);
      end();
    });
  });
  console.log(`${done} inputs, ${failures.size} kinds of failure`);
  for (const [kind, { input, failure, at }] of failures) {
    const same = async (candidate: FuzzInput): Promise<boolean> =>
      kindOf((await checkInvariants(candidate)) ?? "") === kind;
    const small = kind === "hang" || kind === "crash" ? input : await shrink(input, same);
    console.log(`\n${at}: ${failure}\nkept in ${keep(small)}`);
  }
  process.exitCode = failures.size > 0 ? 1 : 0;
}

if (isMainThread) await watch();
else await work(workerData as Task);
