import type { Config } from "../model/config.ts";
import type { Flag } from "../model/field.ts";
import type { FilterRule } from "../model/filter.ts";
import type { Problem, Rule } from "./rule.ts";

export const xmlFlagValue: Rule = {
  id: "xml-flag-value",
  severity: "warning",
  summary: "Every flag says what pfSense does with it.",
  fix: "none",

  *check({ nodes }) {
    for (const { config } of nodes) {
      for (const { of, subject, flag } of presenceFlags(config)) {
        if (!saysOff(flag)) continue;
        yield {
          at: flag.at,
          message: `<${flag.name}> of ${of}: expected an empty element for on and none for off, found ${flag.text}`,
          subject: `${subject}/${flag.name}`,
          help: "remove the element to turn it off, or empty it; as it stands it is on",
        };
      }
      for (const box of config.hasync.boxes) {
        if (!box.on || !saysOff(box)) continue;
        yield {
          at: box.at,
          message: `<${box.name}>: expected on, or nothing for off, found ${box.text}`,
          subject: `hasync/${box.name}`,
          help: "untick the box or empty the element to turn it off; as it stands it is on",
        };
      }
      for (const rule of config.rules) if (!rule.disabled.on && rule.floating.on) yield* floating(rule);
    }
  },
};

const saysOff = ({ text }: Flag): boolean => /^(?:0|no|off|false)$/i.test(text);

function* floating(rule: FilterRule): Iterable<Problem> {
  if (rule.floating.text === "yes") return;
  yield {
    at: rule.floating.at,
    message: `${rule.title}: expected yes in <floating>, or no such element, found ${rule.floating.text || "nothing"}`,
    subject: `${rule.subject}/floating`,
    help: "remove the element from a rule that does not float; as it stands the rule floats, with direction in",
  };
}

interface NamedFlag {
  readonly of: string;
  readonly subject: string;
  readonly flag: Flag;
}

/** The switches that are on when present, and matter to a pair. */
function* presenceFlags(config: Config): Iterable<NamedFlag> {
  const { system } = config;
  for (const entry of config.interfaces) {
    const { title: of, subject } = entry;
    for (const flag of [entry.enable, entry.blockPrivate, entry.blockBogons]) yield { of, subject, flag };
  }
  for (const rule of config.rules) {
    const { title: of, subject } = rule;
    for (const name of ["disabled", "quick", "nosync", "nopfsync"]) yield { of, subject, flag: rule.flagField(name) };
  }
  for (const { key, subject, enable } of config.dhcpServers) yield { of: `DHCP on ${key}`, subject, flag: enable };
  for (const { name, subject, disabled } of config.gateways)
    yield { of: `gateway ${name.text}`, subject, flag: disabled };
  for (const { title: of, subject, disable } of config.openVpns) yield { of, subject, flag: disable };
  for (const { title: of, subject, disabled } of config.phase1s) yield { of, subject, flag: disabled };
  for (const flag of [system.ipv6Allow, system.noApipaBlock, system.filterDisabled, system.webGui.noAntiLockout]) {
    yield { of: "system", subject: "system", flag };
  }
  yield { of: "the node", subject: "node", flag: config.maintenanceMode };
}
