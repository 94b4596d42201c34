import { filterOf } from "../behaviour/packet-filter/index.ts";
import { afterSync, type SectionName, selectedSections } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { entryKey, entrySubject, entryTitle } from "../cluster/entries.ts";
import type { Config } from "../model/config.ts";
import { readInteger } from "../model/field.ts";
import { FilterRule } from "../model/filter.ts";
import type { Tree } from "../model/tree.ts";
import { accessRules } from "./_access.ts";
import { noLocalLogin } from "./_account.ts";
import { danglingGateways } from "./_gateways.ts";
import { keaPairs, keaServices, missingCertificates } from "./_kea.ts";
import { driftIn, notCarried } from "./_sync.ts";
import { keaTraffic, pfsyncTraffic, xmlrpcTraffic } from "./_sync-traffic.ts";
import type { Rule } from "./rule.ts";

export const syncEntryLost: Rule = {
  id: "sync-entry-lost",
  severity: "warning",
  summary: "Nothing that exists only on the secondary is deleted by the next XMLRPC sync.",
  fix: "none",

  notApplicable: (cluster) => notCarried("anything", ...selectedSections(cluster.primary))(cluster),

  *check(cluster) {
    const sections = selectedSections(cluster.primary).filter((name) => name !== "virtualip");
    for (const { path, tree } of [...deletedEntries(cluster, sections), ...missedAccounts(cluster, sections)]) {
      if (isExplained(cluster, path, tree) || isAccessForPeer(cluster, path, tree)) continue;
      const withheld = withheldTwin(cluster.primary, path, tree);
      const kept = tree.get("nosync");
      yield {
        at: tree.open,
        message: `${entryTitle(path, tree)}: ${withheld ? "expected the primary to send it, found it kept back there, so sync deletes it here" : "expected it on the primary too, found it on the secondary only, where sync deletes it"}`,
        subject: entrySubject(path, tree),
        related: [
          ...(withheld
            ? [{ at: withheld.section("nosync").at, message: "the mark that keeps it on the primary" }]
            : []),
          ...(kept ? [{ at: kept.at, message: "the mark that protects it on a primary only" }] : []),
        ],
        help: withheld
          ? "untick No XMLRPC Sync on the primary, or remove it from the secondary before a sync does"
          : "add it on the primary, or remove it from the secondary before a sync does",
      };
    }
  },
};

/** The same entry on the primary, where it has and does not send it. */
function withheldTwin({ tree }: Config, path: string, lost: Tree): Tree | undefined {
  const [, section = "", name = ""] = /^(.*?)\/?([^/]+)$/.exec(path) ?? [];
  const key = entryKey(path, lost);
  const owner = section === "" ? tree : tree.path(section);
  return owner.list(name).find((entry) => entry.has("nosync") && key !== "" && entryKey(path, entry) === key);
}

interface Lost {
  readonly path: string;
  readonly tree: Tree;
}

const deletedEntries = (cluster: Cluster, sections: readonly SectionName[]): readonly Lost[] =>
  driftIn(cluster, ...sections).flatMap(({ change, isEntry, path, before }) =>
    change === "delete" && isEntry ? before.map((tree) => ({ path, tree })) : [],
  );

/** Accounts that the next sync is to delete and misses, because it deletes others; the one after it finds them. */
function missedAccounts(cluster: Cluster, sections: readonly SectionName[]): readonly Lost[] {
  const gone = new Set(deletedEntries(cluster, ["user", "group"]).map(({ tree }) => tree));
  return (["user", "group"] as const)
    .filter((name) => sections.includes(name))
    .flatMap((name) => {
      const [sent, own] = [cluster.primary, cluster.secondary].map(({ tree }) => tree.section("system").list(name));
      const names = new Set(sent?.map((one) => one.textOf("name")));
      const [id, first] = name === "user" ? (["uid", 2000] as const) : (["gid", 1999] as const);
      return (own ?? [])
        .filter((one) => !gone.has(one) && !names.has(one.textOf("name")))
        .filter((one) => readInteger(one.textOf(id), first, 65_000) !== undefined)
        .map((tree) => ({ path: `system/${name}`, tree }));
    });
}

/** Whether another rule says what is lost with it. */
function isExplained(cluster: Cluster, path: string, tree: Tree): boolean {
  switch (path) {
    case "cert":
      return isInUse(cluster, tree.textOf("refid"));
    case "gateways/gateway_item":
      return losesGateway(cluster, tree.textOf("name"));
    case "system/user":
      // The rule xmlrpc-account-synced reports it.
      return tree.textOf("name") === cluster.primary.hasync.account && noLocalLogin(cluster) === undefined;
    default:
      return false;
  }
}

/** Whether sync-webgui-certificate or kea-ha-tls reports the loss of a certificate. */
function isInUse(cluster: Cluster, refid: string): boolean {
  const { protocol, certificate } = cluster.secondary.system.webGui;
  const after = afterSync(cluster).onceThrough;
  return (
    (protocol.text === "https" && certificate.text === refid) ||
    keaPairs(cluster).some(({ secondary }) => missingCertificates(secondary, after).some(({ text }) => text === refid))
  );
}

/** Whether gateway-name-exists reports who loses a gateway. */
const losesGateway = (cluster: Cluster, name: string): boolean =>
  danglingGateways(afterSync(cluster).onceThrough).some((reference) => reference.name === name);

/**
 * A rule that lets the primary in, and whose work a rule of the primary does after the sync; if none does,
 * filter-pass-after-sync or kea-ha-pass asks for one.
 */
function isAccessForPeer(cluster: Cluster, path: string, tree: Tree): boolean {
  const rule = new FilterRule(tree, 0);
  if (path !== "filter/rule" || rule.floating.on || !(rule.type.empty || rule.type.text === "pass")) return false;
  const after = afterSync(cluster).onceThrough;
  const traffic = [
    pfsyncTraffic(after, cluster.primary),
    xmlrpcTraffic(cluster),
    ...keaServices.map(({ service }) => keaTraffic(after, cluster.primary, service)),
  ];
  return traffic.some(
    (one) =>
      one?.entry.key === rule.interface.text &&
      one.packet.protocol === rule.protocol.text &&
      rule.destination.portText.text === String(one.packet.port ?? "") &&
      (filterOf(after).decide(one.packet).verdict === "pass" || accessRules(cluster).closing.has(tree)),
  );
}
