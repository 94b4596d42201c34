import * as fc from "fast-check";

/** The same cases in every run, so that a red run can be had again; FC_SEED looks for others, `npm run fuzz` for many more. */
fc.configureGlobal({ seed: Number(process.env["FC_SEED"] ?? 20261124) });
