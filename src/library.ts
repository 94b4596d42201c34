import type { Cluster } from "./cluster/cluster.ts";
import { type Compiled, compileSecondary } from "./compile/compile.ts";
import type { NodeFacts } from "./compile/facts.ts";
import type { Report } from "./diagnostic.ts";
import { encode } from "./emit/encode.ts";
import { type FixOutcome, type FixSettings, fixCluster } from "./fix/fix.ts";
import { type LintSettings, lintCluster } from "./lint.ts";
import { type Config, parseConfig as configOf } from "./model/config.ts";
import { decode } from "./parser/decode.ts";
import { rules } from "./rules/index.ts";
import { Source } from "./source.ts";

/**
 * Reads one `config.xml`. Never throws: what is wrong with the file is in `faults`, and `loads` says whether pfSense
 * would take it.
 *
 * @param path a name for messages and diagnostics; nothing is opened
 * @param content the file's bytes, or its text where the bytes are not at hand
 */
export function parseConfig(path: string, content: Uint8Array | string): Config {
  return configOf(
    typeof content === "string" ? { source: new Source(path, content), fault: undefined } : decode(path, content),
  );
}

/** What is wrong with a pair, by every rule unless the settings turn some off. */
export function lint(cluster: Cluster, settings?: LintSettings): Promise<Report> {
  return lintCluster(cluster, rules, settings);
}

/**
 * The pair with its fixes applied: by default those that are safe, in the secondary only. The cluster itself stays as it
 * is; `bytesOf()` gives the bytes of a corrected file.
 * @throws Rejected if the outcome is not what the fixes ask for
 */
export function fix(cluster: Cluster, settings?: FixSettings, lintSettings?: LintSettings): Promise<FixOutcome> {
  return fixCluster(cluster, rules, lintSettings, settings);
}

/**
 * A complete secondary, from the primary and the secondary's own facts or an export of it.
 * @throws Rejected if the outcome, read again, is not what it should be
 */
export function compile(primary: Config, node: NodeFacts | Config, settings?: LintSettings): Promise<Compiled> {
  return compileSecondary(primary, node, rules, settings);
}

/**
 * The bytes of a configuration, in the encoding of the file that it came from. They hold secrets.
 * @throws RangeError if the file had bytes that are no text
 */
export function bytesOf({ source }: Config): Uint8Array {
  return encode(source.text, source.encoding);
}
