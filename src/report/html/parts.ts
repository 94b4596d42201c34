import { type Diagnostic, type NodeRole, type Report, severities } from "../../diagnostic.ts";
import type { Link, Port } from "../../picture.ts";
import type { SimulatedVip } from "../../simulation.ts";
import { escapeXml } from "../xml.ts";

export const nodeWidth = 210;
export const chip = { width: 190, height: 30, gap: 6 } as const;

/** A VIP, and its place among all. */
export interface PlacedVip {
  readonly vip: SimulatedVip;
  readonly index: number;
}

/** The frame of a node from `top` to `bottom`. */
export function nodeSvg(
  role: NodeRole,
  report: Report,
  x: number,
  { top, bottom }: { top: number; bottom: number },
): string {
  const middle = x + nodeWidth / 2;
  const name = report[role].name || report[role].source.path;
  return `<g data-role="${role}"><rect class="node" x="${x}" y="${top}" width="${nodeWidth}" height="${bottom - top}" rx="8"/>
<text class="title" x="${middle}" y="${top + 22}" text-anchor="middle">${short(name, 28)}</text>
<text class="small" x="${middle}" y="${top + 40}" text-anchor="middle">${role}<tspan data-state=""></tspan></text></g>
`;
}

/** Where a link enters a node. */
export function portSvg(port: Port | undefined, role: NodeRole, x: number, y: number): string {
  if (!port) return "";
  const text = role === "primary" ? x - 14 : x + 14;
  const anchor = role === "primary" ? "end" : "start";
  const lines = [...port.addresses, port.device].filter((one) => one !== "");
  return `<g data-role="${role}"><circle class="port" cx="${x}" cy="${y}" r="6"/>${lines
    .map(
      (one, index) =>
        `<text${index === lines.length - 1 ? ' class="small"' : ""} x="${text}" y="${y + 4 + index * 16}" text-anchor="${anchor}">${short(one, 28)}</text>`,
    )
    .join("")}</g>
`;
}

/**
 * A VIP beside each node: the one beside its master is shown.
 * @param left the left edge of the chip beside the primary
 * @param right the right edge of the one beside the secondary
 */
export function chipsSvg({ vip, index }: PlacedVip, y: number, left: number, right: number): string {
  const sides = [
    ["primary", left],
    ["secondary", right - chip.width],
  ] as const;
  return sides
    .map(([side, x]) => {
      const shown = vip.master === side || vip.master === "both" || (vip.master === "none" && side === "primary");
      const classes = ["vip", vip.ok ? "" : "trouble", vip.master === "none" ? "off" : ""].filter((one) => one !== "");
      return `<g class="${classes.join(" ")}" data-vip="${index}" data-side="${side}"${shown ? "" : " hidden"}><rect x="${x}" y="${y}" width="${chip.width}" height="${chip.height}" rx="15"/><text x="${x + chip.width / 2}" y="${y + 20}" text-anchor="middle">${short(vip.address, 20)} · VHID ${vip.vhid}</text></g>
`;
    })
    .join("");
}

/** How many things are reported of a place, in the colour of the worst. */
export function badgeSvg(troubles: readonly Diagnostic[], x: number, y: number): string {
  const worst = severities.find((severity) => troubles.some((one) => one.severity === severity));
  if (!worst) return "";
  return `<g class="badge ${worst}"><title>${troubles.map(({ message }) => escapeXml(message)).join("; ")}</title><circle cx="${x}" cy="${y}" r="11"/><text x="${x}" y="${y + 4}" text-anchor="middle">${troubles.length}</text></g>
`;
}

/** What is reported about an interface, told by the subject: `vip/wan/10`, `interface/wan`, `dhcpd/lan`, `hasync/…`. */
export const troublesOf = ({ key, sync }: Link, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.filter(({ subject }) => {
    const [first, second] = subject.split("/");
    return second === key || (sync && first === "hasync");
  });

export const short = (text: string, length: number): string => {
  const shown = [...text];
  return escapeXml(shown.length > length ? `${shown.slice(0, length - 1).join("")}…` : text);
};
