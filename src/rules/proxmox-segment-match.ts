import type { Nic } from "../model/proxmox/guest.ts";
import { wires, withoutBothGuests } from "./_proxmox.ts";
import type { Rule } from "./rule.ts";

export const proxmoxSegmentMatch: Rule = {
  id: "proxmox-segment-match",
  severity: "error",
  summary: "An interface is on the same virtual network on both nodes.",
  fix: "none",

  notApplicable: withoutBothGuests,

  *check(cluster) {
    const { hypervisor } = cluster;
    const reported = new Set<Nic>();
    for (const wire of wires(cluster).filter(({ node }) => node.role === "secondary")) {
      for (const { key, title } of wire.interfaces) {
        const other = hypervisor?.nic("primary", key);
        if (!other || reported.has(wire.nic) || sameSegment(other, wire.nic, hypervisor?.onOneHost ?? false)) continue;
        const sameVlan = hypervisor?.vlan("primary", key) === hypervisor?.vlan("secondary", key);
        if (sameVlan && other.bridge === wire.nic.bridge) continue;
        reported.add(wire.nic);
        yield {
          at: wire.nic.place(other.bridge === wire.nic.bridge ? "tag" : "bridge"),
          message: `${title} on ${wire.nic.name}: expected ${segment(other)} as on the primary, found ${segment(wire.nic)}`,
          subject: wire.subject,
          related: [
            {
              at: other.place(other.bridge === wire.nic.bridge ? "tag" : "bridge"),
              message: "the primary's network card",
            },
          ],
          help: "connect both cards to the same bridge and VLAN",
        };
      }
    }
  },
};

/** Between hosts, bridge names may differ; only like-named bridges with different tags are surely apart. */
function sameSegment(a: Nic, b: Nic, oneHost: boolean): boolean {
  return oneHost ? a.bridge === b.bridge && a.tag === b.tag : a.bridge !== b.bridge || a.tag === b.tag;
}

const segment = ({ bridge, tag }: Nic): string =>
  `${bridge ?? "no bridge"}${tag === undefined ? "" : ` with tag ${tag}`}`;
