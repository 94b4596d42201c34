import {
  type Address,
  contains,
  formatAddress,
  formatNetwork,
  type Network,
  network,
  parseAddress,
  range,
  sameAddress,
} from "../model/address.ts";
import type { Config } from "../model/config.ts";
import type { Interface } from "../model/interfaces.ts";
import { addressFact, takenBy } from "./facts.ts";
import { distinctHostId } from "./hasync.ts";

/** A node file for a primary's secondary, to be completed by hand: what the primary tells of its peer is filled in. */
export function nodeTemplate(primary: Config): string {
  const { system } = primary;
  const hostId = distinctHostId(primary, undefined);
  const lines = [
    `# The secondary of ${comment(system.fullName || "this primary")}, for`,
    "#   pfha-lint compile primary.xml --node FILE -o secondary.xml",
    "# Values marked with ? are guesses. Everything else comes from the primary.",
    `hostname: ${peerName(system.hostname.text)} # ?`,
    `# domain: ${comment(system.domain.text)}`,
    "interfaces:",
    ...primary.interfaces.flatMap((one) => interfaceLines(primary, one)),
    ...(hostId === undefined ? ["# pfhostid: 2"] : [`# pfhostid: "${hostId}"`]),
    "# bcrypt hash of the administrator's password; by default it is the primary's:",
    "# adminPasswordHash: $2y$10$...",
  ];
  return `${lines.join("\n")}\n`;
}

const comment = (text: string): string => text.replace(/[^\x20-\x7e\u00a0-\uffff]/g, " ");

/** `fw-a` and `fw1` are followed by `fw-b` and `fw2`. */
function peerName(name: string): string {
  const [, start = "", last = ""] = /^(.*?)([1a]|0*1)$/i.exec(name) ?? [];
  if (last !== "" && /[^A-Za-z0-9]$|[A-Za-z]$/.test(start) && (/\d/.test(last) || /[^A-Za-z]$/.test(start))) {
    return start + (/\d/.test(last) ? last.replace("1", "2") : last === "A" ? "B" : "b");
  }
  return /^[A-Za-z0-9-]+$/.test(name) ? `${name}-b` : "secondary";
}

function interfaceLines(primary: Config, one: Interface): readonly string[] {
  const fields = ([4, 6] as const).flatMap((family) => {
    const theirs = one.addressOf(family);
    const bits = one.subnetField(family).value;
    if (!theirs || bits === undefined) return [];
    const known = knownPeer(primary, one, network(theirs, bits));
    const address = known ?? freeAddress(primary, theirs, bits);
    const value = address
      ? `${formatAddress(address)}/${bits}`
      : `# none free in ${formatNetwork(network(theirs, bits))}`;
    return [
      `    # the primary: ${formatAddress(theirs)}/${bits}`,
      `    ${addressFact[family]}: ${value}${known || !address ? "" : " # ?"}`,
    ];
  });
  if (fields.length === 0) return [];
  return [`  ${one.key}: # ${comment(one.label)}`, ...fields, `    # device: ${comment(one.device.text)}`];
}

/** Where the primary sends states, configuration or leases. */
function knownPeer(primary: Config, one: Interface, whole: Network): Address | undefined {
  const { hasync, tree } = primary;
  const told = [
    ...(one.key === primary.syncInterface?.key ? [hasync.pfsyncPeer.text] : []),
    hasync.target.text,
    tree.path(`dhcpd/${one.key}/failover_peerip`).text,
    tree.path("kea/ha/remoteip").text,
    tree.path("kea6/ha/remoteip").text,
  ];
  return told
    .map((text) => parseAddress(text))
    .find(
      (address) =>
        address !== undefined && contains(whole, address) && takenBy(primary, address, whole.bits) === undefined,
    );
}

/** The next address behind the primary's that nobody is known to have. */
function freeAddress(primary: Config, theirs: Address, bits: number): Address | undefined {
  const { last, first } = range(network(theirs, bits));
  const size = last - first + 1n;
  for (let step = 1n; step < size && step < 4096n; step++) {
    const value = first + ((theirs.value - first + step) % size);
    const address: Address = { family: theirs.family, value };
    if (!sameAddress(address, theirs) && takenBy(primary, address, bits) === undefined) return address;
  }
  return undefined;
}
