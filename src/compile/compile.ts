import { Cluster } from "../cluster/cluster.ts";
import type { Report } from "../diagnostic.ts";
import { fixCluster } from "../fix/fix.ts";
import { rewritten } from "../fix/rewrite.ts";
import { type LintSettings, lintCluster } from "../lint.ts";
import type { Config } from "../model/config.ts";
import type { Rule } from "../rules/rule.ts";
import type { NodeFacts } from "./facts.ts";
import { fromExport } from "./from-export.ts";
import { fromFacts } from "./from-facts.ts";

/** A complete secondary. */
export interface Compiled {
  readonly secondary: Config;
  /** What the engineer should know, as sentences without full stop. */
  readonly notes: readonly string[];
  /** What is left to say about the pair. */
  readonly report: Report;
}

/** Settings that sync never carries and that must be the same on both nodes: the rules that bring them into line. */
export const intoLine: ReadonlySet<string> = new Set([
  "carp-maintenance-mode",
  "dhcp-backend-match",
  "interface-description-match",
  "interface-enabled-match",
  "interface-mac-unique",
  "interface-mtu-match",
  "ipv6-allowed",
  "pfsync-state-policy",
  "wan-blocking-match",
  "xmlrpc-account-privilege",
  "xmlrpc-webgui-match",
]);

/**
 * Writes the secondary that a primary and its own facts imply, or an existing export of it.
 * @throws Rejected if the outcome, read again, is not what it should be
 */
export async function compileSecondary(
  primary: Config,
  node: NodeFacts | Config,
  rules: readonly Rule[],
  settings: LintSettings = {},
): Promise<Compiled> {
  const given = "tree" in node;
  const { base, tree, notes } = given ? fromExport(primary, node) : fromFacts(primary, node);
  const written = await rewritten(base, tree);
  const cluster = new Cluster({ primary, secondary: written, from: "option" });
  if (!given) return { secondary: written, notes, report: await lintCluster(cluster, rules, settings) };
  const { secondary, after } = await fixCluster(cluster, rules, settings, {
    unsafe: true,
    only: intoLine,
  });
  return { secondary: secondary.after, notes, report: after };
}
