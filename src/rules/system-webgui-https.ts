import { setText } from "../model/edit.ts";
import { sendsNothing } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

export const systemWebguiHttps: Rule = {
  id: "system-webgui-https",
  severity: "warning",
  summary: "The web GUI, which carries XMLRPC sync, uses HTTPS on both nodes.",
  fix: "unsafe",

  notApplicable: sendsNothing,

  *check({ nodes, primary }) {
    // Sync works while both nodes use the same protocol, so they change together.
    const edits = nodes
      .map(({ config }) => config.system.webGui.protocol)
      .filter(({ text }) => text !== "https")
      .map((protocol) => setText(protocol, "https"));
    for (const { config, role } of nodes) {
      const { protocol } = config.system.webGui;
      if (protocol.text === "https") continue;
      // A primary that uses HTTPS does not reach this secondary at all, which xmlrpc-webgui-match says.
      if (role === "secondary" && primary.system.webGui.protocol.text === "https") continue;
      yield {
        at: protocol.at,
        message: `web GUI of the ${role}: expected https, found ${protocol.text || "none, which means http"}`,
        subject: "system/webgui",
        fix: { title: edits.length > 1 ? "use HTTPS on both nodes" : "use HTTPS", safe: false, edits },
      };
    }
  },
};
