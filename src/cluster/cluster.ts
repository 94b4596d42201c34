import type { NodeRole, RoleEvidence } from "../diagnostic.ts";
import type { Config } from "../model/config.ts";
import type { Interface } from "../model/interfaces.ts";
import type { ProxmoxFiles } from "../model/proxmox/files.ts";
import type { Vip } from "../model/virtual-ips.ts";
import type { Source } from "../source.ts";
import { type GuestHint, Hypervisor } from "./hypervisor.ts";
import { carpKey, stackedKey } from "./identity.ts";
import { type Matched, matchBy, type Pair } from "./match.ts";
import { type Roles, rolesOf } from "./roles.ts";

/** One node of a pair, with the other one in reach. */
export interface ClusterNode {
  readonly role: NodeRole;
  readonly config: Config;
  readonly peer: Config;
}

/** The hypervisor's files, and what the user said about them. */
export interface ProxmoxInput {
  readonly files: ProxmoxFiles;
  readonly hints?: Partial<Record<NodeRole, GuestHint>>;
}

/** Two configurations understood as one high availability pair: who sends to whom, and what corresponds to what. */
export class Cluster implements Pair<Config> {
  readonly primary: Config;
  readonly secondary: Config;
  /** How it was told which node is the primary. */
  readonly rolesFrom: RoleEvidence;
  /** The virtual machines that the nodes are, if their hypervisor's files were given. */
  readonly hypervisor: Hypervisor | undefined;
  /** The primary first. */
  readonly nodes: readonly [ClusterNode, ClusterNode];
  #carpVips: Matched<Vip> | undefined;
  #interfaces: Matched<Interface> | undefined;

  constructor({ primary, secondary, from }: Roles, proxmox?: ProxmoxInput) {
    this.primary = primary;
    this.secondary = secondary;
    this.rolesFrom = from;
    this.hypervisor = proxmox && new Hypervisor(primary, secondary, proxmox.files, proxmox.hints);
    this.nodes = [
      { role: "primary", config: primary, peer: secondary },
      { role: "secondary", config: secondary, peer: primary },
    ];
  }

  /** Twins: CARP VIPs of one interface and VHID. VIPs whose VHID could not be read are left out. */
  get carpVips(): Matched<Vip> {
    this.#carpVips ??= matchBy(electable(this.primary), electable(this.secondary), carpKey);
    return this.#carpVips;
  }

  /** Stacked IP aliases of one address on twins. */
  stackedAliases(twins: Pair<Vip>): Matched<Vip> {
    return matchBy(this.primary.stackedOn(twins.primary), this.secondary.stackedOn(twins.secondary), stackedKey);
  }

  /** Interfaces of one key, enabled or not. */
  get interfaces(): Matched<Interface> {
    this.#interfaces ??= matchBy(this.primary.interfaces, this.secondary.interfaces, ({ key }) => key);
    return this.#interfaces;
  }

  /** Whether pfsync is switched on on both nodes. */
  get pfsyncOnBoth(): boolean {
    return this.nodes.every(({ config }) => config.hasync.pfsyncEnabled.on);
  }

  /** The role of the node that a source belongs to. */
  roleOf(source: Source): NodeRole | undefined {
    return this.nodes.find(({ config }) => config.source === source)?.role ?? this.hypervisor?.roleOf(source);
  }
}

/**
 * Understands two configurations as a pair.
 * @param primary which of the two is the primary, if the user said so
 * @param proxmox the hypervisor's files, if they were given
 */
export function clusterOf(first: Config, second: Config, primary?: Config, proxmox?: ProxmoxInput): Cluster {
  return new Cluster(rolesOf(first, second, primary), proxmox);
}

const electable = (config: Config): readonly Vip[] => config.carpVips.filter((vip) => vip.vhid.value !== undefined);
