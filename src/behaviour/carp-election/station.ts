import type { NodeRole } from "../../diagnostic.ts";
import type { Config } from "../../model/config.ts";
import { maxSkew, type Vip } from "../../model/virtual-ips.ts";
import { interfaceFault } from "../vip-interface.ts";
import type { Condition } from "./scenarios.ts";

/** A node that takes part in the election of a VHID. */
export interface Candidate {
  readonly state: "up";
  readonly vip: Vip;
  /** Seconds. */
  readonly advbase: number;
  /** 1/256 s, as configured or forced by maintenance mode. */
  readonly advskew: number;
  /** 1/256 s, what is advertised: with demotion, at most 240. */
  readonly effectiveSkew: number;
  /** Why that is more than the file says; empty if it is not. */
  readonly burdens: readonly string[];
}

/** A node that does not. */
export interface Absence {
  readonly state: "DOWN" | "INIT";
  readonly reason: string;
}

export type Station = Candidate | Absence;

/** Time between advertisements, in 1/256 s. */
export const pace = ({ advbase, effectiveSkew }: Candidate): number => advbase * 256 + effectiveSkew;

/** How long a backup hears nothing until it takes over, in 1/256 s; demotion does not count (`ip_carp.c`, `carp_setrun()`). */
export const patience = ({ advbase, advskew }: Candidate): number => 3 * advbase * 256 + advskew;

/** Runs every CARP VIP of the node with this, whatever its entry says (`interfaces.inc`). */
const maintenanceSkew = 254;

/** What a node brings into the election of a VHID. */
export function stationOf(config: Config, role: NodeRole, vip: Vip | undefined, condition: Condition): Station {
  const node = `the ${role}`;
  if (condition.off) return { state: "DOWN", reason: `${node} is off` };
  if (!vip) return { state: "DOWN", reason: `${node} has no such VIP` };
  const refusal = whyNotConfigured(config, vip);
  if (refusal !== undefined) return { state: "DOWN", reason: `${node} does not configure it, since ${refusal}` };
  if (condition.carpDisabled) return { state: "INIT", reason: `CARP is disabled on ${node}` };
  const key = vip.interface.text;
  if (condition.linksDown?.has(key)) return { state: "INIT", reason: `${node} has no link on ${key}` };
  const inMaintenance = condition.maintenance || config.maintenanceMode.on;
  const advskew = inMaintenance ? maintenanceSkew : vip.effectiveAdvskew;
  const { demotion, links } = demotionOf(config, condition);
  return {
    state: "up",
    vip,
    advbase: vip.effectiveAdvbase,
    advskew,
    effectiveSkew: Math.min(maxSkew, advskew + demotion),
    burdens: [
      ...(inMaintenance ? [`${node} is in maintenance mode`] : []),
      ...(demotion > 0 ? [`${node} is demoted by ${demotion}, having no link on ${links.join(", ")}`] : []),
    ],
  };
}

/** Why a VIP is in the file and not on the interface; undefined if it is on it. */
export function whyNotConfigured(config: Config, vip: Vip): string | undefined {
  const fault = interfaceFault(config, vip);
  if (fault) return `${fault.name} ${fault.fault}`;
  for (const name of ["vhid", "advbase", "advskew"] as const) {
    if (vip[name].unreadable) return `its ${name} is not a number`;
    if (!vip.isInRange(name)) return `the kernel refuses its ${name} of ${vip[name].value}`;
  }
  return vip.subnet.value ? undefined : "its address cannot be read";
}

/** What the kernel adds for a VHID whose link is down, unless a tunable says otherwise (`ip_carp.c`). */
const linkDemotion = 240;

/** The sum over the node's VHIDs that have no link (`ip_carp.c`, `carp_sc_state()`); it counts for all of them. */
function demotionOf(config: Config, { linksDown }: Condition): { demotion: number; links: readonly string[] } {
  if (!linksDown) return { demotion: 0, links: [] };
  const down = config.carpVips.filter(
    (vip) => linksDown.has(vip.interface.text) && whyNotConfigured(config, vip) === undefined,
  );
  const vhids = new Set(down.map((vip) => `${vip.interface.text}/${vip.vhid.value}`));
  const tunable = config.tunable("net.inet.carp.ifdown_demotion_factor");
  const factor = /^\d+$/.test(tunable) ? Number(tunable) : linkDemotion;
  return { demotion: vhids.size * factor, links: [...new Set(down.map((vip) => vip.interface.text))] };
}
