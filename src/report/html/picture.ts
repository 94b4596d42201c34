import { type Diagnostic, type NodeRole, type Report, severities } from "../../diagnostic.ts";
import type { Link, Picture, Port } from "../../picture.ts";
import type { Scenario, SimulatedVip } from "../../simulation.ts";
import { escapeXml } from "../xml.ts";

const width = 960;
const nodeWidth = 210;
const chip = { width: 190, height: 30, gap: 6 };
const top = 62;

/** The pair in its normal state, as SVG; the script of the page redraws it for other scenarios. */
export function pictureSvg(picture: Picture, report: Report): string {
  const normal = picture.simulation.scenarios[0];
  const vips = normal?.vips ?? [];
  const rows = picture.links.map((link) => ({
    link,
    vips: vips.flatMap((vip, index) => (vip.interface === link.key ? [{ vip, index }] : [])),
  }));
  let y = top;
  const drawn = rows.map((row) => {
    const height = Math.max(70, 34 + row.vips.length * (chip.height + chip.gap));
    const svg = linkSvg(row.link, row.vips, y, troublesOf(row.link, report.diagnostics));
    y += height;
    return svg;
  });
  const height = y + 16;
  return `<svg viewBox="0 0 ${width} ${height}" role="img" xmlns="http://www.w3.org/2000/svg"><title>${escapeXml(normal?.title ?? "the pair")}</title>
${nodeSvg("primary", report, 12, height)}${nodeSvg("secondary", report, width - nodeWidth - 12, height)}${drawn.join("")}</svg>`;
}

function nodeSvg(role: NodeRole, report: Report, x: number, height: number): string {
  const middle = x + nodeWidth / 2;
  const name = report[role].name || report[role].source.path;
  return `<g data-role="${role}"><rect class="node" x="${x}" y="8" width="${nodeWidth}" height="${height - 16}" rx="8"/>
<text class="title" x="${middle}" y="30" text-anchor="middle">${short(name, 28)}</text>
<text class="small" x="${middle}" y="48" text-anchor="middle">${role}<tspan data-state=""></tspan></text></g>
`;
}

function linkSvg(
  link: Link,
  vips: readonly { readonly vip: SimulatedVip; readonly index: number }[],
  y: number,
  troubles: readonly Diagnostic[],
): string {
  const line = y + 30;
  const left = 12 + nodeWidth;
  const right = width - 12 - nodeWidth;
  const half = (side: NodeRole, from: number, to: number): string =>
    link[side]
      ? `<line class="wire${link.sync ? " sync" : ""}" data-wire="${escapeXml(link.key)}" data-side="${side}" x1="${from}" y1="${line}" x2="${to}" y2="${line}"/>\n`
      : "";
  return `${half("primary", left, width / 2)}${half("secondary", width / 2, right)}<text class="title" x="${width / 2}" y="${line - 10}" text-anchor="middle">${short(link.label, 30)}${link.sync ? " · pfsync" : ""}</text>
${portSvg(link.primary, "primary", left, line)}${portSvg(link.secondary, "secondary", right, line)}${vips
  .map(({ vip, index }, place) => chipsSvg(vip, index, line + 12 + place * (chip.height + chip.gap)))
  .join("")}${badgeSvg(troubles, width / 2 + 150, line - 14)}`;
}

function portSvg(port: Port | undefined, role: NodeRole, x: number, y: number): string {
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

/** A VIP beside each node: the one beside its master is shown. */
function chipsSvg(vip: SimulatedVip, index: number, y: number): string {
  const sides = [
    ["primary", 12 + nodeWidth + 16],
    ["secondary", width - 12 - nodeWidth - 16 - chip.width],
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

function badgeSvg(troubles: readonly Diagnostic[], x: number, y: number): string {
  const worst = severities.find((severity) => troubles.some((one) => one.severity === severity));
  if (!worst) return "";
  return `<g class="badge ${worst}"><title>${troubles.map(({ message }) => escapeXml(message)).join("; ")}</title><circle cx="${x}" cy="${y}" r="11"/><text x="${x}" y="${y + 4}" text-anchor="middle">${troubles.length}</text></g>
`;
}

/** What is reported about an interface, told by the subject: `vip/wan/10`, `interface/wan`, `dhcpd/lan`, `hasync/…`. */
const troublesOf = ({ key, sync }: Link, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.filter(({ subject }) => {
    const [first, second] = subject.split("/");
    return second === key || (sync && first === "hasync");
  });

const short = (text: string, length: number): string => {
  const shown = [...text];
  return escapeXml(shown.length > length ? `${shown.slice(0, length - 1).join("")}…` : text);
};

/** What the script of the page needs to redraw the picture. */
export interface DrawnScenario {
  readonly title: string;
  /** The node that is not there. */
  readonly off: NodeRole | null;
  readonly states: Readonly<Record<NodeRole, string>>;
  /** What is cut: `primary wan` is the primary's half of the link of wan. */
  readonly cut: readonly string[];
  readonly vips: readonly { readonly master: SimulatedVip["master"]; readonly ok: boolean }[];
  readonly effects: readonly (readonly [string, string])[];
}

/** What is not as it should be, then what hosts notice. */
export const told = (vips: Scenario["vips"], effects: Scenario["effects"]): DrawnScenario["effects"] => [
  ...vips.filter(({ ok }) => !ok).map(({ address, why }) => ["bad", `${address}: ${why}`] as const),
  ...effects.map(({ outcome, topic, message }) => [outcome, `${topic}: ${message}`] as const),
];

export function drawnScenario({ id, title, vips, effects }: Scenario, { links }: Picture): DrawnScenario {
  const states: Record<NodeRole, string> = { primary: "", secondary: "" };
  if (id === "primary-down") states.primary = ", off";
  if (id === "secondary-down") states.secondary = ", off";
  if (id === "primary-carp-disabled") states.primary = ", CARP disabled";
  if (id === "primary-maintenance") states.primary = ", in maintenance mode";
  const off = id === "primary-down" ? "primary" : id === "secondary-down" ? "secondary" : null;
  return {
    title,
    off,
    states,
    cut: cutBy(id, links),
    vips: vips.map(({ master, ok }) => ({ master, ok })),
    effects: told(vips, effects),
  };
}

function cutBy(id: string, links: readonly Link[]): readonly string[] {
  if (id === "sync-link-down") {
    return links.filter(({ sync }) => sync).flatMap(({ key }) => [`primary ${key}`, `secondary ${key}`]);
  }
  const [, side, key] = /^(primary|secondary)-link-down:(.*)$/.exec(id) ?? [];
  return side === undefined ? [] : [`${side} ${key}`];
}
