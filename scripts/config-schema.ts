import type { Rule, RuleOption } from "../src/rules/rule.ts";

const severity = { enum: ["off", "info", "warning", "error"] };

/** JSON Schema of the configuration file; it knows every rule and its options, so that editors complete them. */
export function configSchema(rules: readonly Rule[]): object {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: "https://unpkg.com/pfha-lint/schema/config.schema.json",
    title: "Configuration file of pfha-lint",
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { type: "string" },
      clusters: {
        description: "The clusters that `pfha-lint check` lints, by name; paths are relative to this file.",
        type: "object",
        additionalProperties: { $ref: "#/definitions/cluster" },
      },
      rules: {
        description: "Severity of a rule, or its severity and its options.",
        type: "object",
        additionalProperties: false,
        properties: Object.fromEntries(rules.map((rule) => [rule.id, ruleSchema(rule)])),
      },
      accepted: {
        description: "Diagnostics that the owners chose to keep, by rule and subject, each with a reason.",
        type: "array",
        items: { $ref: "#/definitions/accepted" },
      },
      failOn: {
        description: "Mildest severity that makes exit code 1.",
        enum: ["error", "warning", "info", "never"],
        default: "error",
      },
      maxWarnings: { description: "More warnings than this make exit code 1.", type: "integer", minimum: 0 },
    },
    definitions: {
      severity,
      setting: setting([]),
      cluster: {
        type: "object",
        additionalProperties: false,
        required: ["primary", "secondary"],
        properties: {
          primary: {
            description: "config.xml of the node that sends its configuration.",
            type: "string",
            minLength: 1,
          },
          secondary: { description: "config.xml of the node that receives it.", type: "string", minLength: 1 },
          proxmox: { $ref: "#/definitions/proxmox" },
        },
      },
      proxmox: {
        description: "The hypervisor under the pair: files or folders of Proxmox VE, and what they do not tell.",
        type: "object",
        additionalProperties: false,
        required: ["files"],
        properties: {
          files: {
            description:
              "Files (NNN.conf, NNN.fw, cluster.fw, interfaces) or folders that hold them, of one host or two.",
            type: "array",
            minItems: 1,
            items: { type: "string", minLength: 1 },
          },
          primary: { $ref: "#/definitions/guest" },
          secondary: { $ref: "#/definitions/guest" },
        },
      },
      guest: {
        description: "The node's virtual machine, where its name does not tell.",
        type: "object",
        additionalProperties: false,
        properties: {
          vm: { description: "Number of the virtual machine.", type: "integer", minimum: 1 },
          nics: {
            description: "Network cards by interface, as `opt1: net2`, where device names do not tell.",
            type: "object",
            additionalProperties: { type: "string", pattern: "^net\\d+$" },
          },
        },
      },
      accepted: {
        type: "object",
        additionalProperties: false,
        required: ["rule", "subject", "reason"],
        properties: {
          rule: { description: "The rule whose diagnostic is accepted.", enum: rules.map(({ id }) => id) },
          cluster: { description: "The cluster, where the file lists clusters.", type: "string", minLength: 1 },
          subject: { description: "The diagnostic's subject, as in a JSON report.", type: "string", minLength: 1 },
          reason: { description: "Why it is right as it is.", type: "string", pattern: "\\S" },
          until: {
            description: "Last day on which it is accepted, as 2027-06-30.",
            type: "string",
            pattern: "^\\d{4}-\\d{2}-\\d{2}$",
          },
        },
      },
    },
  };
}

function ruleSchema({ summary, severity: usual, options }: Rule): object {
  const description = `${summary} (${usual})`;
  if (!options) return { description, allOf: [{ $ref: "#/definitions/setting" }] };
  return { description, ...setting(Object.entries(options).map(([name, option]) => [name, optionSchema(option)])) };
}

const optionSchema = ({ description, default: usual, schema }: RuleOption): object => ({
  description,
  default: usual,
  ...schema,
});

/** A severity alone, or a list of the severity and the options. The condition gives errors about the one that is meant. */
function setting(options: readonly (readonly [string, object])[]): object {
  return {
    if: { type: "array" },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema.
    then: {
      items: [
        { $ref: "#/definitions/severity" },
        { type: "object", additionalProperties: false, properties: Object.fromEntries(options) },
      ],
      minItems: 1,
      maxItems: 2,
    },
    else: { $ref: "#/definitions/severity" },
  };
}
