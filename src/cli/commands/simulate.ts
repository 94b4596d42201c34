import { simulate as simulateCluster } from "../../behaviour/simulate.ts";
import { readCluster, requireLoadable } from "../input.ts";
import { exitCodes, type Io } from "../io.ts";
import type { Arguments } from "../options.ts";
import { version } from "../version.ts";

/** Prints who is master of what in every failover scenario. Exit code 1 if a VIP is not where it should be. */
export async function simulate(args: Arguments, io: Io): Promise<number> {
  const cluster = await readCluster(args, io);
  for (const { config } of cluster.nodes) requireLoadable(config);
  const simulation = simulateCluster(cluster);
  if (args["format"] === "json") {
    const { simulationJson } = await import("../../report/simulate-json.ts");
    io.stdout.write(simulationJson(simulation, version));
  } else {
    const { simulationText } = await import("../../report/simulate-text.ts");
    const { paintFor } = await import("../paint.ts");
    io.stdout.write(
      simulationText(simulation, { paint: await paintFor(args["color"], io), verbose: args["verbose"] === true }),
    );
  }
  return simulation.scenarios.every(({ ok }) => ok) ? exitCodes.ok : exitCodes.findings;
}
