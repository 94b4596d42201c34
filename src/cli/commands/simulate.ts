import { simulate as simulateCluster } from "../../behaviour/simulate.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import { printable } from "../../report/printable.ts";
import { requireLoadable } from "../input.ts";
import { exitCodes, type Io } from "../io.ts";
import { openPair, workFrom } from "../jobs.ts";
import type { Arguments } from "../options.ts";
import { version } from "../version.ts";

/** Prints who is master of what in every failover scenario. Exit code 1 if a VIP is not where it should be. */
export async function simulate(args: Arguments, io: Io): Promise<number> {
  const cluster = await openOne(args, io);
  for (const { config } of cluster.nodes) requireLoadable(config);
  for (const note of cluster.hypervisor?.notes ?? []) io.stderr.write(`pfha-lint: note: ${printable(note)}\n`);
  const simulation = simulateCluster(cluster);
  if (args["format"] === "json") {
    const { simulationJson } = await import("../../report/simulate-json.ts");
    io.stdout.write(simulationJson(simulation, version));
  } else {
    const { simulationText } = await import("../../report/simulate-text.ts");
    const { paintFor } = await import("../paint.ts");
    const paint = await paintFor(args["color"], io);
    io.stdout.write(
      simulationText(simulation, { paint, verbose: args["verbose"] === true, quiet: args["quiet"] === true }),
    );
  }
  return simulation.scenarios.every(({ ok, counts }) => ok || !counts) ? exitCodes.ok : exitCodes.findings;
}

/** The pair of the command line, with what the configuration file knows of it: its roles, and its hypervisor's files. */
async function openOne(args: Arguments, io: Io): Promise<Cluster> {
  const { jobs } = await workFrom(args, io);
  return openPair(jobs[0]!, io);
}
