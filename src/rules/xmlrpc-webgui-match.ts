import { type DraftEdit, setText } from "../model/edit.ts";
import type { WebEndpoint, WebGui } from "../model/system.ts";
import { sendsNothing } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcWebguiMatch: Rule = {
  id: "xmlrpc-webgui-match",
  severity: "error",
  summary: "The secondary's web GUI listens where the primary connects.",
  fix: "unsafe",

  notApplicable: sendsNothing,

  *check({ primary, secondary }) {
    const ours = primary.system.webGui;
    const theirs = secondary.system.webGui;
    const { dialled } = ours;
    const { served } = theirs;
    if (ours.port.unreadable || theirs.port.unreadable || same(dialled, served)) return;
    const field = dialled.tls === served.tls ? "port" : "protocol";
    yield {
      at: theirs[field].at,
      message: `web GUI of the secondary: expected ${shown(dialled)}, which the primary dials, found ${shown(served)}`,
      subject: "system/webgui",
      related: [{ at: ours[field].at, message: `the ${field} of the primary's own web GUI` }],
      fix: same(dialled, ours.served)
        ? {
            title: `serve ${shown(dialled)} on the secondary, as the primary does`,
            safe: false,
            edits: copied(ours, theirs),
          }
        : undefined,
      help: "give both web GUIs one protocol and one port under System > Advanced, best HTTPS",
    };
  },
};

const same = (a: WebEndpoint, b: WebEndpoint): boolean => a.port === b.port && a.tls === b.tls;

const shown = ({ port, tls }: WebEndpoint): string => `${tls ? "HTTPS" : "HTTP"} on port ${port}`;

const copied = (from: WebGui, to: WebGui): readonly DraftEdit[] =>
  (["protocol", "port"] as const)
    .filter((name) => from[name].text !== to[name].text)
    .map((name) => setText(to[name], from[name].text));
