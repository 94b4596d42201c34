import type { Cluster } from "../cluster/cluster.ts";
import type { FilterRule } from "../model/filter.ts";
import { sendsNothing } from "./_xmlrpc.ts";

/** Why a rule about filter rules that travel does not apply. */
export const rulesStay = (cluster: Cluster): string | undefined =>
  sendsNothing(cluster) ??
  (cluster.primary.hasync.box("rules").on ? undefined : "rules are not selected for XMLRPC sync");

/** The enabled filter rules that XMLRPC sync carries. */
export const sentRules = ({ primary }: Cluster): readonly FilterRule[] =>
  primary.rules.filter(({ tree }) => !tree.has("disabled") && !tree.has("nosync"));

/** ` and 3 more rules`, or nothing. */
export const andMore = (count: number): string =>
  count === 0 ? "" : ` and ${count} more ${count === 1 ? "rule" : "rules"}`;
