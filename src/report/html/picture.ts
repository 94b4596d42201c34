import type { Diagnostic, NodeRole, Report } from "../../diagnostic.ts";
import type { Link, Picture } from "../../picture.ts";
import { bridgeDies, hostDies, type Scenario, type SimulatedVip, type Wires } from "../../simulation.ts";
import { escapeXml } from "../xml.ts";
import { badgeSvg, chip, chipsSvg, nodeSvg, nodeWidth, type PlacedVip, portSvg, short, troublesOf } from "./parts.ts";
import { wiredSvg } from "./wired-picture.ts";

const width = 960;
const top = 62;

/** The pair in its normal state, as SVG; the script of the page redraws it for other scenarios. */
export function pictureSvg(picture: Picture, report: Report): string {
  const normal = picture.simulation.scenarios[0];
  const vips = normal?.vips ?? [];
  const rows = picture.links.map((link) => ({
    link,
    vips: vips.flatMap((vip, index) => (vip.interface === link.key ? [{ vip, index }] : [])),
  }));
  const { wires } = picture.simulation;
  const title = escapeXml(normal?.title ?? "the pair");
  if (wires) return wiredSvg(wires, rows, report, title);
  let y = top;
  const drawn = rows.map((row) => {
    const height = Math.max(70, 34 + row.vips.length * (chip.height + chip.gap));
    const svg = linkSvg(row.link, row.vips, y, troublesOf(row.link, report.diagnostics));
    y += height;
    return svg;
  });
  const height = y + 16;
  const edges = { top: 8, bottom: height - 8 };
  return `<svg viewBox="0 0 ${width} ${height}" role="img" xmlns="http://www.w3.org/2000/svg"><title>${title}</title>
${nodeSvg("primary", report, 12, edges)}${nodeSvg("secondary", report, width - nodeWidth - 12, edges)}${drawn.join("")}</svg>`;
}

function linkSvg(link: Link, vips: readonly PlacedVip[], y: number, troubles: readonly Diagnostic[]): string {
  const line = y + 30;
  const left = 12 + nodeWidth;
  const right = width - 12 - nodeWidth;
  const half = (side: NodeRole, from: number, to: number): string =>
    link[side]
      ? `<line class="wire${link.sync ? " sync" : ""}" data-wire="${escapeXml(link.key)}" data-side="${side}" x1="${from}" y1="${line}" x2="${to}" y2="${line}"/>\n`
      : "";
  return `${half("primary", left, width / 2)}${half("secondary", width / 2, right)}<text class="title" x="${width / 2}" y="${line - 10}" text-anchor="middle">${short(link.label, 30)}${link.sync ? " · pfsync" : ""}</text>
${portSvg(link.primary, "primary", left, line)}${portSvg(link.secondary, "secondary", right, line)}${vips
  .map((one, place) => chipsSvg(one, line + 12 + place * (chip.height + chip.gap), left + 16, right - 16))
  .join("")}${badgeSvg(troubles, width / 2 + 150, line - 14)}`;
}

/** What the script of the page needs to redraw the picture. */
export interface DrawnScenario {
  readonly title: string;
  /** The node that is not there, or both. */
  readonly off: NodeRole | readonly NodeRole[] | null;
  readonly states: Readonly<Record<NodeRole, string>>;
  /** What is cut: `primary wan` is the primary's half of the link of wan. */
  readonly cut: readonly string[];
  /** The host or the bridge that died, by the id of its scenario; only where a hypervisor is drawn. */
  readonly dead?: string;
  readonly vips: readonly { readonly master: SimulatedVip["master"]; readonly ok: boolean }[];
  readonly effects: readonly (readonly [string, string])[];
}

/** What is not as it should be, then what hosts notice. */
export const told = (vips: Scenario["vips"], effects: Scenario["effects"]): DrawnScenario["effects"] => [
  ...vips.filter(({ ok }) => !ok).map(({ address, why }) => ["bad", `${address}: ${why}`] as const),
  ...effects.map(({ outcome, topic, message }) => [outcome, `${topic}: ${message}`] as const),
];

export function drawnScenario({ id, title, vips, effects }: Scenario, { links, simulation }: Picture): DrawnScenario {
  const { wires } = simulation;
  const states: Record<NodeRole, string> = { primary: "", secondary: "" };
  const gone = wires ? rolesOn(wires, id) : [];
  for (const role of gone) states[role] = ", off";
  if (id === "primary-down") states.primary = ", off";
  if (id === "secondary-down") states.secondary = ", off";
  if (id === "primary-carp-disabled") states.primary = ", CARP disabled";
  if (id === "primary-maintenance") states.primary = ", in maintenance mode";
  const off = id === "primary-down" ? "primary" : id === "secondary-down" ? "secondary" : null;
  return {
    title,
    off: gone.length > 0 ? gone : off,
    states,
    cut: [...cutBy(id, links), ...(wires ? cutBelow(wires, id) : [])],
    ...(wires && { dead: id }),
    vips: vips.map(({ master, ok }) => ({ master, ok })),
    effects: told(vips, effects),
  };
}

/** The nodes that die with a host. */
const rolesOn = ({ machines }: Wires, id: string): readonly NodeRole[] =>
  machines.filter(({ host }) => hostDies(host) === id).map(({ role }) => role);

/** What a scenario cuts below the nodes, and what the hypervisor has unplugged anyway. */
const cutBelow = ({ machines }: Wires, id: string): readonly string[] =>
  machines.flatMap(({ role, host, cards }) =>
    cards
      .filter(({ bridge, linkDown }) => linkDown || [hostDies(host), bridgeDies(host, bridge ?? "")].includes(id))
      .flatMap(({ interfaces }) => interfaces.map((key) => `${role} ${key}`)),
  );

function cutBy(id: string, links: readonly Link[]): readonly string[] {
  if (id === "sync-link-down") {
    return links.filter(({ sync }) => sync).flatMap(({ key }) => [`primary ${key}`, `secondary ${key}`]);
  }
  const [, side, key] = /^(primary|secondary)-link-down:(.*)$/.exec(id) ?? [];
  return side === undefined ? [] : [`${side} ${key}`];
}
