import type { Card, Machine, Simulation } from "../simulation.ts";
import { printable } from "./printable.ts";
import type { Paint } from "./text.ts";

/** The hosts with their machines, and each card's way out: interface, card, bridge, ports. None if nothing is known. */
export function wiresText({ wires }: Simulation, paint: Paint): string[] {
  if (!wires) return [];
  const rows = wires.machines.flatMap(({ cards }) => cards.map(cells));
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const hosts = [...new Set(wires.machines.map(({ host }) => host))];
  const lines = hosts.flatMap((host) => [
    paint.strong(`host ${printable(host)}`),
    ...wires.machines.filter((machine) => machine.host === host).flatMap((machine) => machineLines(machine, widths)),
  ]);
  const apart = [...wires.apart].map(
    ([key, why]) => `${paint.bad("✗")} ${printable(key)} is not one network: ${printable(why)}`,
  );
  return [[...lines, ...apart].join("\n")];
}

function machineLines({ role, vm, name, cards }: Machine, widths: readonly number[]): readonly string[] {
  const lines = cards.map((card) => {
    const [keys = "", nic = "", bridge = "", end = ""] = cells(card);
    const [first = 0, second = 0, third = 0] = widths;
    const way = `${keys.padEnd(first)}  ${nic.padEnd(second)} ─ ${bridge.padEnd(third)}${end === "" ? "" : ` ─ ${end}`}`;
    return `    ${way.trimEnd()}`;
  });
  return [`  VM ${printable(vm)} ${printable(name)} (${role})`, ...lines];
}

/** `wan`, `net0`, `vmbr1 tag 30`, `eno1`. */
const cells = ({ interfaces, name, bridge, tag, ports, linkDown }: Card): readonly string[] => [
  interfaces.map(printable).join(", "),
  `${printable(name)}${linkDown ? " (link_down)" : ""}`,
  bridge === undefined ? "no bridge" : `${printable(bridge)}${tag === undefined ? "" : ` tag ${tag}`}`,
  ports === undefined ? "" : ports.length === 0 ? "no port" : ports.map(printable).join(", "),
];
