import { plan as planOf } from "../../behaviour/plan.ts";
import { afterSync } from "../../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import { applyEdits } from "../../emit/apply.ts";
import { parseConfig } from "../../model/config.ts";
import { rewrite, sameWhenSaved } from "../../model/patch.ts";
import { printEdits } from "../../model/print.ts";
import { Source } from "../../source.ts";
import { readCluster, requireLoadable } from "../input.ts";
import { BugError, exitCodes, type Io } from "../io.ts";
import type { Arguments } from "../options.ts";
import { checkOutput, writeConfig } from "../output.ts";
import { version } from "../version.ts";

/** Prints what the next XMLRPC sync would do to the secondary, and writes what the secondary would be afterwards. */
export async function plan(args: Arguments, io: Io): Promise<number> {
  const output = args["output"] as string | undefined;
  if (output !== undefined) checkOutput(output, [String(args["first"]), String(args["second"])], io);
  const cluster = await readCluster(args, io);
  for (const { config } of cluster.nodes) requireLoadable(config);
  const planned = planOf(cluster);
  if (output !== undefined) writeConfig(output, sourceAfterSync(cluster), io);
  const report = output === "-" ? io.stderr : io.stdout;
  if (args["format"] === "json") {
    const { planJson } = await import("../../report/plan-json.ts");
    report.write(planJson(planned, version));
  } else {
    const { planText } = await import("../../report/plan-text.ts");
    const { paintFor } = await import("../paint.ts");
    const paint = await paintFor(args["color"], { ...io, stdout: report });
    report.write(planText(planned, paint, args["quiet"] === true));
  }
  return args["exit-code"] === true && planned.sections.length > 0 ? exitCodes.findings : exitCodes.ok;
}

/** The secondary's file after the next sync: sections that it changes written anew, everything else byte for byte. */
function sourceAfterSync(cluster: Cluster): Source {
  const { source, tree, dialect } = cluster.secondary;
  const after = afterSync(cluster).config;
  const text = applyEdits(source, printEdits(rewrite(tree, after.tree, dialect.isList)));
  const written = new Source(source.path, text, source.encoding);
  const read = parseConfig({ source: written, fault: undefined });
  if (!sameWhenSaved(read.tree, after.tree, dialect.isList)) {
    throw new BugError("nothing was written: the file would not hold what the sync leaves");
  }
  return written;
}
