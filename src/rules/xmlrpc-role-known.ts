import type { Rule } from "./rule.ts";

export const xmlrpcRoleKnown: Rule = {
  id: "xmlrpc-role-known",
  severity: "warning",
  summary: "It can be told which node is the primary.",
  fix: "none",

  *check({ primary, secondary, carpVips, rolesFrom }) {
    if (rolesFrom !== "order") return;
    const { target } = primary.hasync;
    const targets = target.empty ? "neither" : "both";
    const skews = carpVips.pairs.length === 0 ? "no CARP VIP that both nodes have" : "no node with all the lower ones";
    yield {
      at: primary.hasync.at,
      message: `roles: expected synchronizetoip on one node, or all the lower advskews on one node, found synchronizetoip on ${targets} and ${skews}`,
      subject: "hasync",
      related: target.empty
        ? []
        : [
            { at: target.at, message: "the XMLRPC target of the node taken as the primary" },
            { at: secondary.hasync.target.at, message: "the XMLRPC target of the other node" },
          ],
      help: `name the primary with --primary, and give synchronizetoip to it alone; ${primary.source.path} was taken, and every other diagnostic depends on that`,
    };
  },
};
