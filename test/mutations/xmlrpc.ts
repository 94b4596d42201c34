import { accepting, add, drop, type Fault, replace, set } from "../support/faults.ts";

export const xmlrpcFaults: readonly Fault[] = [
  {
    rule: "xmlrpc-primary-only",
    at: "secondary hasync/synchronizetoip",
    fault: set("secondary", "hasync/synchronizetoip", "10.0.0.1"),
  },
  {
    rule: "xmlrpc-secondary-unset",
    at: "secondary hasync/username",
    fault: set("secondary", "hasync/username", "hasync"),
  },
  {
    rule: "xmlrpc-target-format",
    at: "primary hasync/synchronizetoip",
    fault: set("primary", "hasync/synchronizetoip", "https://10.0.0.2"),
  },
  {
    rule: "xmlrpc-target-address",
    at: "primary hasync/synchronizetoip",
    fault: set("primary", "hasync/synchronizetoip", "10.0.0.9"),
  },
  {
    rule: "xmlrpc-target-interface",
    at: "primary hasync/synchronizetoip",
    fault: set("primary", "hasync/synchronizetoip", "192.168.1.3"),
  },
  {
    rule: "xmlrpc-sections-selected",
    at: "primary hasync/synchronizenat",
    fault: set("primary", "hasync/synchronizenat", ""),
  },
  {
    rule: "xmlrpc-sections-other",
    at: "primary hasync/synchronizeusers",
    fault: set("primary", "hasync/synchronizeusers", ""),
  },
  {
    rule: "xmlrpc-username-set",
    at: "primary hasync/username",
    fault: set("primary", "hasync/username", ""),
  },
  {
    rule: "xmlrpc-password-set",
    at: "primary hasync/password",
    fault: set("primary", "hasync/password", ""),
  },
  {
    rule: "xmlrpc-account-usable",
    at: "secondary system/user[2]/disabled",
    fault: set("both", "system/user[2]/disabled", ""),
  },
  {
    rule: "xmlrpc-account-privilege",
    at: "secondary system/user[2]",
    fault: drop("both", "system/user[2]/priv[1]"),
  },
  {
    rule: "xmlrpc-webgui-match",
    at: "secondary system/webgui/port",
    fault: set("secondary", "system/webgui/port", "8443"),
  },
  {
    rule: "xmlrpc-role-known",
    at: "primary hasync",
    // Roles are unknown only where no advskew tells either.
    also: ["carp-advskew-order"],
    given: set("primary", "hasync/synchronizetoip", ""),
    settings: { ...accepting("xmlrpc-target-set", "hasync/synchronizetoip"), roles: "detect" },
    fault: set("secondary", "virtualip/vip[1]/advskew", "0"),
  },
  {
    rule: "xmlrpc-target-set",
    at: "primary hasync/synchronizetoip",
    fault: set("primary", "hasync/synchronizetoip", ""),
  },
  {
    rule: "xmlrpc-sections-chosen",
    at: "primary hasync",
    fault: replace("primary", /\t\t<synchronize(?!toip)\w+>on<\/\w+>\n/g, ""),
  },
  {
    rule: "xmlrpc-account-dedicated",
    at: "primary hasync/username",
    fault: add("both", "system/user[2]/priv", "page-all"),
  },
  {
    rule: "xmlrpc-account-synced",
    at: "primary system",
    fault: drop("primary", "system/user[2]"),
  },
  {
    rule: "xmlrpc-password-match",
    at: "primary hasync/password",
    settings: { verifyPasswords: true },
    fault: set("primary", "hasync/password", "example-other"),
  },
  {
    rule: "xmlrpc-nextuid-set",
    at: "primary system",
    fault: drop("primary", "system/nextuid"),
  },
];
