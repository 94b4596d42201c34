import type { Cluster } from "../../cluster/cluster.ts";
import type { Config } from "../../model/config.ts";
import type { Phase1 } from "../../model/ipsec.ts";
import type { OpenVpn } from "../../model/openvpn.ts";
import type { Vip } from "../../model/virtual-ips.ts";
import type { Effect } from "../../simulation.ts";
import { vipsBehind } from "../vip-binding.ts";
import { effectOn, left, type Move, reached } from "./move.ts";

const vpn = effectOn("VPN");

/** OpenVPN clients that run on both nodes at once. */
export function standingVpns({ primary, secondary }: Cluster): readonly Effect[] {
  return primary.openVpns
    .filter((one) => one.kind === "client" && runs(one) && !isOnVip(primary, one.interface.text))
    .filter((one) => runs(twinOf(secondary, one)))
    .map((one) => vpn("bad", `${one.title} connects from both nodes at once, with the same credentials`));
}

/** Tunnels whose local address is that of a node, or of a VIP that moves. */
export function movedVpns(move: Move): readonly Effect[] {
  const [before, after] = [left(move), reached(move)];
  const servers = before.openVpns
    .filter((one) => one.kind === "server" && runs(one))
    .map((one) => ending(move, one, runs(twinOf(after, one))));
  const tunnels = before.phase1s
    .filter((one) => !one.disabled.on)
    .map((one) => {
      const twin = after.phase1s.find(({ ikeid }) => ikeid.text === one.ikeid.text);
      return ending(move, one, twin !== undefined && !twin.disabled.on);
    });
  return [...servers, ...tunnels].filter((effect) => effect !== undefined);
}

function ending(
  move: Move,
  { title, interface: { text: bound }, families }: OpenVpn | Phase1,
  there: boolean,
): Effect | undefined {
  const { from, to } = move;
  if (!there) return vpn("bad", `${title} ends: the ${to} has no such tunnel`);
  const vips = vipsBehind(left(move), bound);
  if (vips.some(movesAlong)) return vpn("good", `${title} starts on the ${to}, on the VIP it is bound to`);
  if (vips[0]) return vpn("bad", `${title} is bound to ${vips[0].subnet.text}, which stays with the ${from}`);
  if (!families.some((family) => left(move).carpVipsOn(bound, family).length > 0)) return undefined;
  return vpn("bad", `${title} is bound to ${bound}, the ${from}'s own address: its peers do not reach the ${to}`);
}

const runs = (one: OpenVpn | undefined): boolean => one !== undefined && !one.disable.on;

const twinOf = (config: Config, { kind, vpnid }: OpenVpn): OpenVpn | undefined =>
  config.openVpns.find((other) => other.kind === kind && other.vpnid.text === vpnid.text);

/** An IP alias that is on no CARP VIP belongs to its node. */
const movesAlong = (vip: Vip): boolean => vip.isCarp || vip.isStacked;

/** Whether a binding names a VIP that moves, or a gateway group whose members do. */
const isOnVip = (config: Config, bound: string): boolean => vipsBehind(config, bound).some(movesAlong);
