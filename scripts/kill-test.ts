/**
 * `npm run kills -- --times N`: kills `fix --write --node both` of the built program at random moments (SIGKILL), and looks
 * at what it leaves: each file wholly old or wholly new, its kept copy whole, and nothing else but temporary files, which
 * the next run takes away.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fixArguments, killPair, leftIn, writePair } from "../test/support/kills.ts";

const at = process.argv.indexOf("--times");
const times = Number(at === -1 ? 500 : process.argv[at + 1]);
const folder = mkdtempSync(join(tmpdir(), "pfha-kills-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const small = (role: string): string => readFileSync(`fixtures/pairs/small/${role}.xml`, "utf8");
const before = killPair({ primary: small("primary"), secondary: small("secondary") });
const args = [resolve("bin/pfha-lint.js"), ...fixArguments];

/** A run that nobody kills; how long it takes. */
function whole(): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`fix --write ended with ${status}: ${stderr}`);
  return performance.now() - start;
}

writePair(folder, before);
let takes = whole();
const read = (name: string): string => readFileSync(join(folder, name), "utf8");
const after = { primary: read("pf1.xml"), secondary: read("pf2.xml") };
if (after.primary === before.primary || after.secondary === before.secondary) throw new Error("nothing was fixed");

const tally = new Map<string, number>();
const count = (what: string): void => {
  tally.set(what, (tally.get(what) ?? 0) + 1);
};

for (let i = 0; i < times; ) {
  writePair(folder, before);
  const start = performance.now();
  const child = spawn(process.execPath, args, { cwd: folder, stdio: "ignore" });
  const ended = new Promise<boolean>((end) => child.on("close", (_, signal) => end(signal === "SIGKILL")));
  const kill = (): void => void child.kill("SIGKILL");
  // One in four falls anywhere; the others on the writing, which begins when something appears in the folder.
  const timer = i % 4 === 0 ? setTimeout(kill, takes * Math.random()) : undefined;
  const watcher = watch(folder, () => {
    if (timer !== undefined) return;
    watcher.close();
    setTimeout(kill, 12 * Math.random());
  });
  const killed = await ended;
  clearTimeout(timer);
  watcher.close();
  const left = leftIn(folder, before, after);
  if (!killed) {
    // The load of the machine moves the moment at which writing begins.
    takes = performance.now() - start;
    count("ended before they were killed, and do not count");
    continue;
  }
  count(
    `killed: primary ${left.primary}, secondary ${left.secondary}${left.temporaries > 0 ? ", temporary files" : ""}`,
  );
  i++;
}
writePair(folder, before);
whole();
const { temporaries } = leftIn(folder, before, after);
if (temporaries > 0) throw new Error(`${temporaries} temporary files are still there`);
for (const [what, number] of [...tally].sort()) console.log(`${String(number).padStart(5)} ${what}`);
console.log("every file was whole, and the next run took the temporary files away");
