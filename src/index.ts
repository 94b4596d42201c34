export { simulate } from "./behaviour/simulate.ts";
export { type Cluster, clusterOf } from "./cluster/cluster.ts";
export type * from "./diagnostic.ts";
export { type LintSettings, lintCluster } from "./lint.ts";
export { type Config, parseConfig } from "./model/config.ts";
export { decode } from "./parser/decode.ts";
export { rules } from "./rules/index.ts";
export type * from "./simulation.ts";
export { type Position, Source, type Span } from "./source.ts";
