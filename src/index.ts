export { type Decision, filterOf, type Packet, PacketFilter } from "./behaviour/packet-filter/index.ts";
export { plan } from "./behaviour/plan.ts";
export { simulate } from "./behaviour/simulate.ts";
export { trace } from "./behaviour/trace.ts";
export { afterSync, type SyncResult } from "./behaviour/xmlrpc-sync.ts";
export { type Cluster, clusterOf } from "./cluster/cluster.ts";
export { type Compiled, compileSecondary } from "./compile/compile.ts";
export type { InterfaceFacts, NodeFacts } from "./compile/facts.ts";
export type * from "./diagnostic.ts";
export {
  type FixedFile,
  type FixOutcome,
  type FixSettings,
  fixCluster,
  type LeftOut,
  Rejected,
} from "./fix/fix.ts";
export { type LintSettings, lintCluster } from "./lint.ts";
export { type Config, parseConfig } from "./model/config.ts";
export { decode } from "./parser/decode.ts";
export type * from "./plan.ts";
export { rules } from "./rules/index.ts";
export type * from "./simulation.ts";
export { type Position, Source, type Span } from "./source.ts";
export type * from "./trace.ts";
