import { setText } from "../model/edit.ts";
import { listens, toldVips } from "./_dns.ts";
import type { Rule } from "./rule.ts";

const services = [
  { name: "resolver", title: "DNS Resolver" },
  { name: "forwarder", title: "DNS Forwarder" },
] as const;

export const dnsResolverVip: Rule = {
  id: "dns-resolver-vip",
  severity: "warning",
  summary: "The resolver listens on the VIPs that clients are told to ask.",
  fix: "unsafe",

  notApplicable: ({ primary }) =>
    services.some(({ name }) => primary[name].enable.on) ? undefined : "no resolver runs on the primary",

  *check({ primary }) {
    const running = services.filter(({ name }) => primary[name].enable.on);
    for (const { vip, server } of toldVips(primary)) {
      // Where both run they are on two ports, and one of them that listens is enough.
      const [first] = running;
      if (!first || running.some(({ name }) => listens(primary[name].listeningOn, vip))) continue;
      const { listening } = primary[first.name];
      yield {
        at: listening.at,
        message: `${first.title}: expected it to listen on ${vip.subnet.text}, which clients are told to ask, found ${listening.text}`,
        subject: vip.subject,
        related: [{ at: server.tree.at, message: "the DNS server that clients are told" }],
        fix: vip.uniqid.empty
          ? undefined
          : {
              title: `listen on ${vip.title} too`,
              safe: false,
              edits: [setText(listening, `${listening.text},${vip.reference}`)],
            },
        help: "give the VIP a uniqid and add it to what the service listens on, or let it listen on everything",
      };
    }
  },
};
