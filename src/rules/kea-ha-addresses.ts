import type { Cluster, ClusterNode } from "../cluster/cluster.ts";
import { parseAddress, sameAddress } from "../model/address.ts";
import { isClone } from "./_clone.ts";
import { asKeaSyncWrites, counterpart, isForeign, type KeaPair, keaPairs, withoutKeaPair } from "./_kea.ts";
import type { Problem, Rule } from "./rule.ts";

export const keaHaAddresses: Rule = {
  id: "kea-ha-addresses",
  severity: "error",
  summary: "The Kea servers' addresses and ports mirror each other.",
  fix: "safe",

  notApplicable: (cluster) => withoutKeaPair(cluster) ?? isClone(cluster),

  *check(cluster) {
    for (const pair of keaPairs(cluster)) {
      for (const node of cluster.nodes) {
        yield* localAddress(cluster, pair, node);
        yield* remoteAddress(cluster, pair, node);
        yield* remotePort(cluster, pair, node);
      }
    }
  },
};

/** Its own address, on an interface: Kea listens there before the node is master of anything. */
function* localAddress(cluster: Cluster, pair: KeaPair, { role, config }: ClusterNode): Iterable<Problem> {
  const { localAddress: field, subject } = pair[role];
  const { value } = field;
  if (field.unreadable || (value && !isForeign(config, value))) return;
  const vip = value && config.vipWith(value);
  const found = value ? `${field.text}, ${vip ? `the address of ${vip.title}` : "which it does not have"}` : "none";
  const isOwn = (text: string): boolean => {
    const address = parseAddress(text);
    return address !== undefined && config.interfaceWith(address) !== undefined;
  };
  yield {
    at: field.at,
    message: `${pair.title}: expected an interface address of the ${role} as its local address, found ${found}`,
    subject,
    related: vip ? [{ at: vip.subnet.at, message: vip.title }] : [],
    fix: asKeaSyncWrites(cluster, pair, role, "localip", isOwn),
    help: `set the local address to that of the ${role} on the sync interface`,
  };
}

function* remoteAddress(cluster: Cluster, pair: KeaPair, { role }: ClusterNode): Iterable<Problem> {
  const { remoteAddress: field, subject } = pair[role];
  const { other, theirs } = counterpart(pair, role);
  const expected = theirs.localAddress;
  if (field.unreadable || (field.value && (!expected.value || sameAddress(field.value, expected.value)))) return;
  yield {
    at: field.at,
    message: `${pair.title}: expected the remote address ${expected.value ? `${expected.text}, the local address of the ${other}` : `of the ${other}`}, found ${field.text || "none"}`,
    subject,
    related: [{ at: expected.at, message: `the ${other}'s local address` }],
    fix: asKeaSyncWrites(cluster, pair, role, "remoteip", (text) => text === expected.text),
    help: `set the remote address to the local address of the ${other}`,
  };
}

function* remotePort(cluster: Cluster, pair: KeaPair, { role }: ClusterNode): Iterable<Problem> {
  const { remotePort: field, effectiveRemotePort, subject } = pair[role];
  const { other, theirs } = counterpart(pair, role);
  if (field.unreadable || theirs.localPort.unreadable || effectiveRemotePort === theirs.effectiveLocalPort) return;
  yield {
    at: field.at,
    message: `${pair.title}: expected the remote port ${theirs.effectiveLocalPort}, where the ${other} listens, found ${effectiveRemotePort}`,
    subject,
    related: [{ at: theirs.localPort.at, message: `the ${other}'s local port` }],
    fix: asKeaSyncWrites(cluster, pair, role, "remoteport", (text) => text === theirs.localPort.text),
    help: `set the remote port to the local port of the ${other}`,
  };
}
