import type { ClusterNode } from "../cluster/cluster.ts";
import { setText } from "../model/edit.ts";
import { pfsyncOff } from "./_pfsync.ts";
import type { DraftFix, Rule } from "./rule.ts";

export const pfsyncInterfaceExists: Rule = {
  id: "pfsync-interface-exists",
  severity: "error",
  summary: "pfsync runs on an enabled interface.",
  fix: "unsafe",

  notApplicable: pfsyncOff,

  *check({ nodes }) {
    for (const node of nodes) {
      const { config, peer } = node;
      const { pfsyncEnabled, pfsyncInterface } = config.hasync;
      if (!pfsyncEnabled.on || config.syncInterface) continue;
      const { text } = pfsyncInterface;
      // A key that is enabled on the other node only is the business of interface-set-match and interface-enabled-match.
      if (peer.interface(text)?.enabled) continue;
      const found = config.interface(text) ? `${text}, which is not enabled` : text || "nothing";
      yield {
        at: pfsyncInterface.at,
        message: `sync interface: expected an enabled interface, found ${found}`,
        subject: "hasync/pfsyncinterface",
        fix: copyFromPeer(node),
        help: "choose the interface that connects the two nodes; pfsync stays down until then",
      };
    }
  },
};

/** The other node's key, if it is an enabled interface here as well. */
function copyFromPeer({ config, peer }: ClusterNode): DraftFix | undefined {
  const { key } = peer.syncInterface ?? {};
  if (key === undefined || !config.interface(key)?.enabled) return undefined;
  return {
    title: `choose ${key}, as on the other node`,
    safe: false,
    edits: [setText(config.hasync.pfsyncInterface, key)],
  };
}
