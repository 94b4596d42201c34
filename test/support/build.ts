import { execFileSync } from "node:child_process";

/** The end-to-end tests run the built program: it is built once, before all tests. */
export default function setup(): void {
  execFileSync(process.execPath, ["scripts/build.mjs", "--no-types"], { stdio: "inherit" });
}
