/**
 * The engine as a library: no process, no disk, no console, no network. It runs wherever ECMAScript runs, a browser
 * included. `docs/library.md` has examples.
 */
export { plan } from "./behaviour/plan.ts";
export { simulate } from "./behaviour/simulate.ts";
export { trace } from "./behaviour/trace.ts";
export { type Cluster, clusterOf } from "./cluster/cluster.ts";
export type { Compiled } from "./compile/compile.ts";
export type { InterfaceFacts, NodeFacts } from "./compile/facts.ts";
export type * from "./diagnostic.ts";
export { type FixedFile, type FixOutcome, type FixSettings, type LeftOut, Rejected } from "./fix/fix.ts";
export { bytesOf, compile, fix, lint, parseConfig } from "./library.ts";
export type { LintSettings } from "./lint.ts";
export type { Config } from "./model/config.ts";
export type * from "./plan.ts";
export { rules } from "./rules/index.ts";
export type { Rule } from "./rules/rule.ts";
export type * from "./simulation.ts";
export type { Encoding, Position, Source, Span } from "./source.ts";
export type * from "./trace.ts";
