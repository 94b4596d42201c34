import type { NodeInfo } from "../diagnostic.ts";
import type { Card, Machine, Scenario, Simulation, Wires } from "../simulation.ts";

/** One JSON object, described by schema/simulate.schema.json. */
export const simulationJson = (simulation: Simulation, toolVersion: string): string =>
  `${JSON.stringify(
    {
      schemaVersion: 1,
      tool: { name: "pfha-lint", version: toolVersion },
      primary: nodeJson(simulation.primary),
      secondary: nodeJson(simulation.secondary),
      ...(simulation.wires && { wires: wiresJson(simulation.wires) }),
      scenarios: simulation.scenarios.map(scenarioJson),
    },
    undefined,
    2,
  )}\n`;

const nodeJson = ({ source, name, version }: NodeInfo): unknown => ({ file: source.path, name, version });

const wiresJson = ({ machines, apart, unknown }: Wires): unknown => ({
  machines: machines.map(machineJson),
  apart: [...apart].map(([key, why]) => ({ interface: key, why })),
  unknown,
});

const machineJson = ({ role, host, vm, name, cards }: Machine): unknown => ({
  node: role,
  host,
  vm,
  name,
  cards: cards.map(cardJson),
});

const cardJson = ({ name, interfaces, bridge, tag, ports, linkDown }: Card): unknown => ({
  name,
  interfaces,
  bridge: bridge ?? null,
  tag: tag ?? null,
  ports: ports ?? null,
  linkDown,
});

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
