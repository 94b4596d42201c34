import type { Config } from "../model/config.ts";
import type { Entry } from "../model/field.ts";
import type { FilterRule } from "../model/filter.ts";
import type { Tree } from "../model/tree.ts";
import type { Problem, Rule } from "./rule.ts";

export const xmlFlagValue: Rule = {
  id: "xml-flag-value",
  severity: "warning",
  summary: "Every flag says what pfSense does with it.",
  fix: "none",

  *check({ nodes }) {
    for (const { config } of nodes) {
      for (const { tree, names, owner } of switches(config)) {
        for (const name of names) {
          if (!saysOff(tree.textOf(name))) continue;
          yield {
            at: tree.section(name).at,
            message: `<${name}> of ${owner.title}: expected an empty element for on and none for off, found ${tree.textOf(name)}`,
            subject: `${owner.subject}/${name}`,
            help: "remove the element to turn it off, or empty it; as it stands it is on",
          };
        }
      }
      for (const box of config.hasync.boxes) {
        if (!box.on || !saysOff(box.text)) continue;
        yield {
          at: box.at,
          message: `<${box.name}>: expected on, or nothing for off, found ${box.text}`,
          subject: `hasync/${box.name}`,
          help: "untick the box or empty the element to turn it off; as it stands it is on",
        };
      }
      for (const rule of config.rules) {
        if (rule.tree.has("floating") && !rule.tree.has("disabled")) yield* floating(rule);
      }
    }
  },
};

const saysOff = (text: string): boolean => text !== "" && /^(?:0|no|off|false)$/i.test(text);

function* floating(rule: FilterRule): Iterable<Problem> {
  if (rule.floating.text === "yes") return;
  yield {
    at: rule.floating.at,
    message: `${rule.title}: expected yes in <floating>, or no such element, found ${rule.floating.text || "nothing"}`,
    subject: `${rule.subject}/floating`,
    help: "remove the element from a rule that does not float; as it stands the rule floats, with direction in",
  };
}

/** Switches of one element. The owner is asked for its title only when there is something to say. */
interface Switches {
  readonly tree: Tree;
  readonly names: readonly string[];
  readonly owner: { readonly title: string; readonly subject: string };
}

/** The switches that are on when present, and matter to a pair. */
function* switches(config: Config): Iterable<Switches> {
  const of = (entry: Entry, owner: Switches["owner"], ...names: string[]): Switches => ({
    tree: entry.tree,
    names,
    owner,
  });
  for (const entry of config.interfaces) yield of(entry, entry, "enable", "blockpriv", "blockbogons");
  for (const rule of config.rules) yield of(rule, rule, "disabled", "quick", "nosync", "nopfsync");
  for (const rule of config.portForwards) yield of(rule, rule, "disabled", "nosync", "nordr");
  for (const rule of config.outboundNat.rules) yield of(rule, rule, "disabled", "nosync", "nonat");
  for (const entry of config.oneToOnes) yield of(entry, entry, "disabled", "nobinat");
  for (const server of config.dhcpServers) {
    yield of(server, server, "enable");
  }
  for (const gateway of config.gateways) {
    yield of(gateway, { title: `gateway ${gateway.name.text}`, subject: gateway.subject }, "disabled");
  }
  for (const instance of config.openVpns) yield of(instance, instance, instance.disable.name);
  for (const phase1 of config.phase1s) yield of(phase1, phase1, phase1.disabled.name);
  const system = { title: "system", subject: "system" };
  yield of(config.system, system, "ipv6allow", "no_apipa_block", "disablefilter");
  yield of(config.system.webGui, system, "noantilockout");
  yield of(config, { title: "the node", subject: "node" }, config.maintenanceMode.name);
}
