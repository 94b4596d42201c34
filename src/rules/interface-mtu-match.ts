import { setText } from "../model/edit.ts";
import { carriesCarp, isSyncInterface, sharedInterfaces } from "./_interfaces.ts";
import type { Rule } from "./rule.ts";

export const interfaceMtuMatch: Rule = {
  id: "interface-mtu-match",
  severity: "warning",
  summary: "An interface has the same MTU and MSS on both nodes.",
  fix: "unsafe",

  *check(cluster) {
    for (const { primary, secondary } of sharedInterfaces(cluster)) {
      if (!isSyncInterface(cluster, primary.key) && !carriesCarp(cluster, primary.key)) continue;
      for (const name of ["mtu", "mss"] as const) {
        const [expected, found] = [primary[name], secondary[name]];
        if (expected.unreadable || found.unreadable || expected.value === found.value) continue;
        yield {
          at: found.at,
          message: `${secondary.title}: expected ${name.toUpperCase()} ${expected.text || "unset"} as on the primary, found ${found.text || "none"}`,
          subject: `${secondary.subject}/${name}`,
          related: [{ at: expected.at, message: `the primary's ${name.toUpperCase()}` }],
          fix: { title: "set it as on the primary", safe: false, edits: [setText(found, expected.text)] },
        };
      }
    }
  },
};
