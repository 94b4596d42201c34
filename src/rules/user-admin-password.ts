import { Secret } from "../model/secret.ts";
import type { Rule } from "./rule.ts";

/** The word that everybody knows. */
const factoryPassword = new Secret("pfsense");

export const userAdminPassword: Rule = {
  id: "user-admin-password",
  severity: "warning",
  summary: "The admin password is not the factory one.",
  fix: "none",
  passwords: "only",

  *check({ nodes }, { passwords }) {
    for (const { role, config } of nodes) {
      const admin = config.system.users.find(({ uid }) => uid.value === 0);
      if (!admin || admin.disabled.on || !passwords?.verify(factoryPassword, admin)) continue;
      const hash = admin.hashes.find(({ value }) => !value.empty);
      yield {
        at: hash?.at ?? admin.at,
        message: `password of ${admin.name.text} on the ${role}: expected one of its own, found the factory default`,
        subject: admin.subject,
        help: "change it under System > User Manager, on each node",
      };
    }
  },
};
