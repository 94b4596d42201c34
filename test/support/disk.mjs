import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** Calls that change what a folder or a file holds. */
const changing = ["mkdirSync", "openSync", "renameSync", "writeFileSync"];
/** Calls that change nothing which a kill could leave half done. */
const lesser = ["closeSync", "fchmodSync", "fchownSync", "fsyncSync", "unlinkSync"];
/** What nobody should use: it writes in place, or cannot be counted. */
const others = [
  "appendFileSync",
  "copyFileSync",
  "createWriteStream",
  "linkSync",
  "rmSync",
  "truncateSync",
  "writeSync",
];

/** Half of what is to be written: what a full disk takes, and what a kill in the middle leaves. */
function half(real, [target, content, ...more]) {
  const bytes = Buffer.from(content);
  real(target, bytes.subarray(0, bytes.length >> 1), ...more);
}

function die() {
  process.kill(process.pid, "SIGKILL");
  // It may take the system a moment.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

/**
 * Breaks the disk of this process at its n-th change. `kill` ends the process before it, or, as writing counts twice, in
 * the middle of it; an error code is what the call answers. Everything else works.
 */
export function breakDisk(how, at) {
  let calls = 0;
  let inside = false;
  const kills = how === "kill";
  const written = new Set();
  const originals = new Map();
  const isChange = (name, args) => {
    if (name === "writeSync") return args[0] > 2;
    if (name === "openSync") return args[1] !== undefined && args[1] !== "r";
    return name !== "closeSync" || written.has(args[0]);
  };
  for (const name of [...changing, ...others, ...(kills ? [] : lesser)]) {
    const real = fs[name];
    originals.set(name, real);
    fs[name] = (...args) => {
      if (inside || !isChange(name, args)) return real(...args);
      inside = true;
      try {
        if (others.includes(name)) throw new Error(`${name} is not to be used`);
        const writes = name === "writeFileSync";
        if (++calls === at) {
          if (kills) die();
          if (writes) half(real, args);
          // A disk that cannot keep what a file holds says so at the latest when it is closed; closed it is.
          if (name === "closeSync") real(...args);
          throw Object.assign(new Error(`${how}: canary`), { code: how });
        }
        if (kills && writes && ++calls === at) {
          half(real, args);
          die();
        }
        const result = real(...args);
        if (name === "openSync") written.add(result);
        if (name === "closeSync") written.delete(args[0]);
        return result;
      } finally {
        inside = false;
      }
    };
  }
  syncBuiltinESMExports();
  return {
    calls: () => calls,
    mend() {
      for (const [name, real] of originals) fs[name] = real;
      syncBuiltinESMExports();
    },
  };
}

const [how, at] = (process.env["PFHA_TEST_DISK"] ?? "").split(" ");
if (how) breakDisk(how, Number(at));
