import type { Diagnostic, NodeRole, Report } from "../../diagnostic.ts";
import type { Link } from "../../picture.ts";
import { bridgeDies, type Card, hostDies, type Machine, type Wires } from "../../simulation.ts";
import { escapeXml } from "../xml.ts";
import { badgeSvg, chip, chipsSvg, nodeSvg, nodeWidth, type PlacedVip, portSvg, short, troublesOf } from "./parts.ts";

interface Row {
  readonly link: Link;
  readonly vips: readonly PlacedVip[];
}

/** One side of a row: what an interface of a node is plugged into. */
interface End {
  readonly role: NodeRole;
  readonly machine: Machine;
  readonly card: Card;
}

const width = 1120;
const middle = width / 2;
/** Where the frames of the nodes end, towards each other. */
const edge = { primary: 26 + nodeWidth, secondary: width - 26 - nodeWidth } as const;
/** The bridges: one on each side, or one in the middle that both nodes share. */
const bridge = { height: 38, aside: 150, shared: 170, primary: 395, secondary: width - 395 } as const;
const roles = ["primary", "secondary"] as const;
const towards = (role: NodeRole): 1 | -1 => (role === "primary" ? 1 : -1);

/** The pair with the hosts around its nodes, and the bridges on its links. */
export function wiredSvg(wires: Wires, rows: readonly Row[], report: Report, title: string): string {
  let y = 98;
  const drawn = rows.map((row) => {
    const ends = roles.flatMap((role) => endOf(wires, role, row.link.key) ?? []);
    const shared = sharesBridge(ends);
    const svg = rowSvg(
      { ...row, ends, shared, apart: wires.apart.get(row.link.key) },
      y + 46,
      report.diagnostics,
      wires,
    );
    y += Math.max(92, 46 + chipsBelow(shared) + row.vips.length * (chip.height + chip.gap) + 8);
    return svg;
  });
  const bottom = y + 6;
  const nodes = roles.map((role) => {
    const x = role === "primary" ? edge.primary - nodeWidth : edge.secondary;
    return nodeSvg(role, report, x, { top: 42, bottom });
  });
  return `<svg viewBox="0 0 ${width} ${bottom + 24}" role="img" xmlns="http://www.w3.org/2000/svg"><title>${title}</title>
${framesSvg(wires, report.diagnostics, bottom + 14)}${nodes.join("")}${drawn.join("")}</svg>`;
}

const chipsBelow = (shared: boolean): number => (shared ? 14 : 28);

function endOf({ machines }: Wires, role: NodeRole, key: string): End | undefined {
  const machine = machines.find((one) => one.role === role);
  const card = machine?.cards.find(({ interfaces }) => interfaces.includes(key));
  return machine && card && { role, machine, card };
}

/** Whether both nodes are plugged into one bridge and VLAN of one host. */
function sharesBridge([here, there]: readonly End[]): boolean {
  if (!here || !there || here.card.bridge === undefined) return false;
  const { card, machine } = here;
  return machine.host === there.machine.host && card.bridge === there.card.bridge && card.tag === there.card.tag;
}

/** A frame around each host: one around everything, or one around each node and its bridges. */
function framesSvg({ machines }: Wires, diagnostics: readonly Diagnostic[], bottom: number): string {
  const hosts = [...new Set(machines.map(({ host }) => host))];
  const troubles = diagnostics.filter(({ subject }) => subject === "proxmox/host");
  return hosts
    .map((host, index) => {
      const own = machines.filter((machine) => machine.host === host);
      const right = own[0]?.role === "secondary";
      const frame = own.length === 2 ? { x: 6, width: width - 12 } : { x: right ? middle + 74 : 6, width: middle - 80 };
      const vms = own.map(({ vm }) => `VM ${vm}`).join(", ");
      return `<g class="host" data-part="${escapeXml(hostDies(host))}"><rect x="${frame.x}" y="6" width="${frame.width}" height="${bottom - 6}" rx="12"/>
<text class="title" x="${frame.x + frame.width / 2}" y="28" text-anchor="middle">host ${short(host, 30)} <tspan class="small">${short(vms, 30)}</tspan></text></g>
${index === 0 ? badgeSvg(troubles, frame.x + frame.width - 24, 26) : ""}`;
    })
    .join("");
}

interface DrawnRow extends Row {
  readonly ends: readonly End[];
  readonly shared: boolean;
  readonly apart: string | undefined;
}

function rowSvg(row: DrawnRow, line: number, diagnostics: readonly Diagnostic[], wires: Wires): string {
  const { link, vips, ends, shared, apart } = row;
  const label = `${short(link.label, 16)}${link.sync ? " · pfsync" : ""}`;
  const chipsTop = line + chipsBelow(shared);
  return [
    ...roles.map((role) => wireSvg(row, role, line)),
    ...bridgesSvg(row, line),
    `<text class="title" x="${middle}" y="${line - (shared ? 27 : apart === undefined ? 10 : 17)}" text-anchor="middle">${label}</text>\n`,
    apart === undefined
      ? ""
      : `<text class="apart" x="${middle}" y="${line + 7}" text-anchor="middle">≠<title>${escapeXml(apart)}</title></text>\n`,
    portSvg(link.primary, "primary", edge.primary, line),
    portSvg(link.secondary, "secondary", edge.secondary, line),
    ...ends.map((end) => cardSvg(end, line)),
    ...vips.map((one, place) =>
      chipsSvg(one, chipsTop + place * (chip.height + chip.gap), edge.primary + 16, edge.secondary - 16),
    ),
    badgeSvg(troublesOf(link, diagnostics), shared ? middle + 110 : middle, shared ? line - 32 : line + 30),
    ...ends.map((end) => {
      const troubles = diagnostics.filter(({ subject }) => isAbout(subject, end) === "card");
      return badgeSvg(troubles, edge[end.role] + towards(end.role) * 62, line);
    }),
    ...bridgeBadges(row, line, diagnostics, wires),
  ].join("");
}

/** From the node to its bridge, and from there to the middle; straight there where no bridge is known. */
function wireSvg({ link, ends, shared, apart }: DrawnRow, role: NodeRole, line: number): string {
  if (!link[role]) return "";
  const end = ends.find((one) => one.role === role);
  const classes = `wire${link.sync ? " sync" : ""}${end?.card.linkDown ? " cut" : ""}`;
  const part = (from: number, to: number): string =>
    `<line class="${classes}" data-wire="${escapeXml(link.key)}" data-side="${role}" x1="${from}" y1="${line}" x2="${to}" y2="${line}"/>\n`;
  const stop = apart === undefined ? middle : middle - towards(role) * 16;
  if (end?.card.bridge === undefined) return part(edge[role], end ? edge[role] + towards(role) * 80 : stop);
  if (shared) return part(edge[role], middle - (towards(role) * bridge.shared) / 2);
  const half = (towards(role) * bridge.aside) / 2;
  const beyond = end.card.ports?.length === 0 ? "" : part(bridge[role] + half, stop);
  return part(edge[role], bridge[role] - half) + beyond;
}

const bridgesSvg = ({ ends, shared, link }: DrawnRow, line: number): readonly string[] =>
  (shared ? ends.slice(0, 1) : ends).map((end) =>
    bridgeSvg(end, link.sync, shared ? middle : bridge[end.role], shared ? bridge.shared : bridge.aside, line),
  );

function bridgeSvg({ machine, card }: End, sync: boolean, x: number, size: number, line: number): string {
  const { bridge: name, tag, ports } = card;
  if (name === undefined) return "";
  const below = short([...(tag === undefined ? [] : [`tag ${tag}`]), ...portsText(ports)].join(" · "), 22);
  const title = [
    `bridge ${name} of ${machine.host}`,
    ...(tag === undefined ? [] : [`VLAN tag ${tag}`]),
    ...portsText(ports),
  ];
  return `<g class="bridge${sync ? " sync" : ""}" data-part="${escapeXml(bridgeDies(machine.host, name))}" data-host="${escapeXml(hostDies(machine.host))}"><title>${escapeXml(title.join(", "))}</title><rect x="${x - size / 2}" y="${line - bridge.height / 2}" width="${size}" height="${bridge.height}" rx="4"/><text x="${x}" y="${line + (below === "" ? 5 : -2)}" text-anchor="middle">${short(name, 18)}</text>${below === "" ? "" : `<text class="small" x="${x}" y="${line + 13}" text-anchor="middle">${below}</text>`}</g>
`;
}

function portsText(ports: Card["ports"]): readonly string[] {
  if (ports === undefined) return [];
  if (ports.length === 0) return ["no port"];
  return [`${ports.length === 1 ? "port" : "ports"} ${ports.join(", ")}`];
}

function cardSvg({ role, card }: End, line: number): string {
  const x = edge[role] + towards(role) * 12;
  const anchor = role === "primary" ? "start" : "end";
  const lines = [card.name, ...(card.linkDown ? ["link down"] : [])];
  return lines
    .map((text, i) => `<text class="small" x="${x}" y="${line - 8 - i * 13}" text-anchor="${anchor}">${text}</text>\n`)
    .join("");
}

/** Whether something is reported of a card, or of the bridge behind it: `proxmox/101/net0`, `proxmox/101/net0/uplink`. */
function isAbout(subject: string, { machine, card }: End): "card" | "bridge" | undefined {
  const [first, vm, name, rest] = subject.split("/");
  if (first !== "proxmox" || vm !== (machine.vm || machine.name) || name !== card.name) return undefined;
  return rest === "uplink" || rest === "learning" ? "bridge" : "card";
}

/** What is reported of bridges; also of strangers on the sync network, which are none of the two machines. */
function bridgeBadges(
  { ends, shared, link }: DrawnRow,
  line: number,
  diagnostics: readonly Diagnostic[],
  { machines }: Wires,
): readonly string[] {
  const strangers = diagnostics.filter(({ subject }) => {
    const [first, vm, name] = subject.split("/");
    return first === "proxmox" && name !== undefined && !machines.some((one) => vm === (one.vm || one.name));
  });
  const of = (end: End): readonly Diagnostic[] =>
    diagnostics.filter(({ subject }) => isAbout(subject, end) === "bridge");
  const outside = (role: NodeRole): readonly Diagnostic[] => (link.sync && ends[0]?.role === role ? strangers : []);
  if (shared)
    return [
      badgeSvg([...ends.flatMap(of), ...outside("primary")], middle + bridge.shared / 2, line - bridge.height / 2),
    ];
  return ends.map((end) =>
    badgeSvg([...of(end), ...outside(end.role)], bridge[end.role] + bridge.aside / 2, line - bridge.height / 2),
  );
}
