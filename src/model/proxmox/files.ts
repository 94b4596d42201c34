import type { Line } from "../../parser/sections.ts";
import type { Source } from "../../source.ts";
import { type FirewallFile, readFirewall } from "./firewall.ts";
import { type Guest, readGuest } from "./guest.ts";
import { type HostNetwork, readHostNetwork } from "./host.ts";

/** One host of Proxmox VE, as far as its files were given. */
export interface Host {
  /** What tells hosts apart: the name below `nodes/`, or the folder that the files lie in. */
  readonly name: string;
  readonly guests: readonly Guest[];
  readonly network: HostNetwork | undefined;
}

/** What the given files say of one or more hosts. */
export interface ProxmoxFiles {
  readonly hosts: readonly Host[];
  readonly firewalls: readonly FirewallFile[];
  readonly clusterFirewall: FirewallFile | undefined;
  /** Lines that are not of their file's kind. */
  readonly faults: readonly Line[];
}

/** What a file of this name holds, or undefined for a name that says nothing. */
export function proxmoxKind(path: string): "guest" | "firewall" | "cluster-firewall" | "network" | undefined {
  const name = path.split(/[\\/]/).at(-1) ?? "";
  if (/^\d+\.conf$/.test(name)) return "guest";
  if (/^\d+\.fw$/.test(name)) return "firewall";
  if (name === "cluster.fw") return "cluster-firewall";
  return name === "interfaces" || /[\\/]interfaces\.d[\\/]sdn$/.test(path) ? "network" : undefined;
}

/** Reads files of any of the kinds; others are left out. */
export function readProxmox(sources: readonly Source[]): ProxmoxFiles {
  const hosts = new Map<string, { name: string; guests: Guest[]; network: HostNetwork | undefined }>();
  const firewalls: FirewallFile[] = [];
  let clusterFirewall: FirewallFile | undefined;
  const faults: Line[] = [];
  const hostFor = (source: Source) => {
    const name = hostName(source.path);
    const host = hosts.get(name) ?? { name, guests: [], network: undefined };
    hosts.set(name, host);
    return host;
  };
  for (const source of sources) {
    const kind = proxmoxKind(source.path);
    if (kind === "guest") {
      const guest = readGuest(source);
      hostFor(source).guests.push(guest);
      faults.push(...guest.faults);
    } else if (kind === "network") {
      const host = hostFor(source);
      const { bridges } = readHostNetwork(source);
      host.network = { bridges: [...(host.network?.bridges ?? []), ...bridges] };
    } else if (kind !== undefined) {
      const firewall = readFirewall(source);
      faults.push(...firewall.faults);
      if (kind === "cluster-firewall") clusterFirewall ??= firewall;
      else firewalls.push(firewall);
    }
  }
  return { hosts: [...hosts.values()], firewalls, clusterFirewall, faults };
}

/** Folders of a host that say nothing of which host it is. */
const folders: readonly string[] = ["qemu-server", "lxc", "firewall", "network", "interfaces.d"];

/**
 * The host that a file is of: `…/nodes/HOST/qemu-server/100.conf` names it; otherwise the folder that holds the host's
 * `etc/`, or the file itself.
 */
function hostName(path: string): string {
  const steps = path.split(/[\\/]/).slice(0, -1);
  const nodes = steps.lastIndexOf("nodes");
  if (nodes !== -1 && steps[nodes + 1] !== undefined) return steps[nodes + 1] ?? "";
  const etc = steps.lastIndexOf("etc");
  if (etc !== -1) return steps.slice(0, etc).join("/");
  while (folders.includes(steps.at(-1) ?? "")) steps.pop();
  return steps.join("/");
}
