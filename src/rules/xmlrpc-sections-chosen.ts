import { selectedSections } from "../behaviour/xmlrpc-sync.ts";
import { sendsNothing } from "./_xmlrpc.ts";
import type { Rule } from "./rule.ts";

export const xmlrpcSectionsChosen: Rule = {
  id: "xmlrpc-sections-chosen",
  severity: "error",
  summary: "XMLRPC sync has something to send.",
  fix: "none",

  notApplicable: sendsNothing,

  *check({ primary }) {
    const { hasync } = primary;
    if (selectedSections(primary).length > 0) return;
    const chosen = hasync.boxes.filter(({ on }) => on).map(({ name }) => name);
    yield {
      at: hasync.at,
      message: `XMLRPC sync: expected a section to send, found ${
        chosen.length === 0 ? "no synchronize box on" : `only ${chosen.join(" and ")} on, for which there is nothing`
      }`,
      subject: "hasync",
      related: [{ at: hasync.target.at, message: "the XMLRPC target" }],
      help: "tick the sections to send under System > High Availability; until then the sender stops before it connects",
    };
  },
};
