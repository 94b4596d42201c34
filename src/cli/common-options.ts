import type { Options } from "yargs";
import { formats } from "../report/index.ts";

/** Options of every command that lints. */
export const commonOptions: Readonly<Record<string, Options>> = {
  format: {
    alias: "f",
    type: "string",
    array: true,
    nargs: 1,
    describe: `Report format, FORMAT or FORMAT=FILE: ${[...formats.keys()].join(", ")}`,
  },
  config: { alias: "c", type: "string", describe: "Configuration file" },
  "no-config": { type: "boolean", describe: "Look for no configuration file" },
  primary: { type: "string", describe: "Which of the two files is the primary" },
  proxmox: {
    type: "string",
    array: true,
    describe: "Files of Proxmox VE (NNN.conf, NNN.fw, cluster.fw, interfaces), or folders that hold them",
  },
  "fail-on": {
    choices: ["error", "warning", "info", "never"],
    describe: "Mildest severity that makes exit code 1 (default: error)",
  },
  "max-warnings": { type: "number", describe: "More warnings than this make exit code 1" },
  rule: { type: "string", array: true, nargs: 1, describe: "ID=off|info|warning|error, may be repeated" },
  only: { type: "string", array: true, describe: "Run these rules and no others" },
  "no-verify-passwords": {
    type: "boolean",
    describe: "Do not compare passwords with hashes, which takes time by design",
  },
  color: { choices: ["auto", "always", "never"], describe: "Colours in the text report (default: auto)" },
  quiet: { alias: "q", type: "boolean", describe: "No summary" },
  verbose: { alias: "v", type: "boolean", describe: "Also say why rules were not applicable" },
  jobs: {
    type: "number",
    describe: "Most threads that lint clusters at once; 1: no threads (default: as many as pay)",
  },
  timing: { type: "boolean", describe: "Say on standard error what took how long" },
};
