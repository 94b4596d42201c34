/**
 * `npm run fuzz -- --minutes N --seed S`: feeds broken, strange and hostile pairs to everything that reads a file (decoder,
 * parser, model, every rule, every reporter, every fix), and watches what must hold for any input: nothing throws,
 * nothing hangs, every span lies inside its file, what both readers accept they read alike, a file that a fix made loads.
 * A failure is made as small as it can be, and kept in fixtures/fuzz, which the tests replay.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { checkInvariants, type FuzzPair } from "../test/support/invariants.ts";
import { mutate, random } from "../test/support/mutate.ts";

const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? otherwise : (process.argv[at + 1] ?? otherwise);
};

/** An input takes milliseconds; one that takes this long has run into something that grows too fast. */
const hangSeconds = 20;

const seeds = [
  "pairs/small",
  "conformance/clusters/reference",
  "conformance/clusters/kea-24.5",
  "conformance/sync/044-captive-portal-zones",
];

function load(folder: string): FuzzPair {
  const read = (role: string): Uint8Array => readFileSync(`fixtures/${folder}/${role}.xml`);
  return { primary: read("primary"), secondary: read("secondary") };
}

async function work(seed: number, until: number): Promise<void> {
  const pairs = seeds.map(load);
  const next = random(seed);
  for (let i = 0; Date.now() < until; i++) {
    const pair = mutate(pairs[i % pairs.length]!, next, i);
    parentPort?.postMessage({ kind: "input", pair });
    const failure = await checkInvariants(pair);
    parentPort?.postMessage(failure === undefined ? { kind: "passed" } : { kind: "failed", pair, failure, seed, i });
  }
}

/** Takes away parts while the failure stays the same, larger parts first. */
async function shrink(pair: FuzzPair, failure: string): Promise<FuzzPair> {
  let best = pair;
  const deadline = Date.now() + 60_000;
  const category = failure.split("\n")[0];
  for (const role of ["primary", "secondary"] as const) {
    for (let size = best[role].length >> 1; size >= 1; size >>= 1) {
      for (let at = 0; at < best[role].length && Date.now() < deadline; ) {
        const bytes = best[role];
        const shorter = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + size)]);
        const candidate = { ...best, [role]: shorter };
        if ((await checkInvariants(candidate))?.split("\n")[0] === category) best = candidate;
        else at += size;
      }
    }
  }
  return best;
}

function keep(pair: FuzzPair): string {
  const name = createHash("sha256").update(pair.primary).update(pair.secondary).digest("hex").slice(0, 12);
  const folder = `fixtures/fuzz/${name}`;
  mkdirSync(folder, { recursive: true });
  for (const role of ["primary", "secondary"] as const) writeFileSync(`${folder}/${role}.xml`, pair[role]);
  return folder;
}

async function watch(): Promise<void> {
  const seed = Number(option("seed", String(Date.now() % 1_000_000)));
  const minutes = Number(option("minutes", "1"));
  const until = Date.now() + minutes * 60_000;
  console.log(`fuzzing for ${minutes} minutes from seed ${seed}`);
  let inputs = 0;
  let last: FuzzPair | undefined;
  let beat = Date.now();
  const failures = new Map<string, { pair: FuzzPair; failure: string; at: string }>();
  const worker = new Worker(process.argv[1]!.endsWith(".ts") ? new URL(import.meta.url) : process.argv[1]!, {
    workerData: { seed, until },
  });
  await new Promise<void>((done) => {
    const timer = setInterval(() => {
      if (Date.now() - beat < hangSeconds * 1000) return;
      if (last) failures.set("hang", { pair: last, failure: `no answer for ${hangSeconds} s`, at: `input ${inputs}` });
      clearInterval(timer);
      void worker.terminate().then(() => done());
    }, 1000);
    worker.on("message", (message) => {
      beat = Date.now();
      if (message.kind === "input") last = message.pair;
      else inputs++;
      if (message.kind !== "failed") return;
      const category = message.failure.split("\n")[0];
      if (!failures.has(category))
        failures.set(category, { ...message, at: `seed ${message.seed}, input ${message.i}` });
    });
    worker.on("error", (error) =>
      failures.set("crash", { pair: last!, failure: String(error.stack), at: `input ${inputs}` }),
    );
    worker.on("exit", () => {
      clearInterval(timer);
      done();
    });
  });
  console.log(`${inputs} inputs, ${failures.size} kinds of failure`);
  for (const [category, { pair, failure, at }] of failures) {
    const small = category === "hang" ? pair : await shrink(pair, failure);
    console.log(`\n${at}: ${failure}\nkept in ${keep(small)}`);
  }
  process.exitCode = failures.size > 0 ? 1 : 0;
}

if (isMainThread) await watch();
else await work(workerData.seed, workerData.until);
