import type { NodeInfo } from "../diagnostic.ts";
import type { Scenario, Simulation } from "../simulation.ts";

/** One JSON object, described by schema/simulate.schema.json. */
export const simulationJson = (simulation: Simulation, toolVersion: string): string =>
  `${JSON.stringify(
    {
      schemaVersion: 1,
      tool: { name: "pfha-lint", version: toolVersion },
      primary: nodeJson(simulation.primary),
      secondary: nodeJson(simulation.secondary),
      scenarios: simulation.scenarios.map(scenarioJson),
    },
    undefined,
    2,
  )}\n`;

const nodeJson = ({ source, name, version }: NodeInfo): unknown => ({ file: source.path, name, version });

const scenarioJson = ({ id, title, vips, ok, effects }: Scenario): unknown => ({
  id,
  title,
  vips: vips.map((vip) => ({
    interface: vip.interface,
    vhid: vip.vhid,
    address: vip.address,
    primary: vip.primary,
    secondary: vip.secondary,
    master: vip.master,
    ok: vip.ok,
    takeoverSeconds: vip.takeoverSeconds ?? null,
    why: vip.why,
  })),
  ok,
  effects: effects.map(({ topic, outcome, message }) => ({ topic, outcome, message })),
});
