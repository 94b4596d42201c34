import type { Cluster } from "../cluster/cluster.ts";
import type { User } from "../model/system.ts";
import { sendsNothing } from "./_xmlrpc.ts";

/** What an account needs to push a configuration (`xmlrpc.php`, `auth()`); `page-all` is no substitute. */
export const syncPrivilege = "system-xmlrpc-ha-sync";

/** The account on the secondary that the primary logs in with, or undefined if there is none of its name. */
export const syncAccount = ({ primary, secondary }: Cluster): User | undefined =>
  secondary.system.user(primary.hasync.account);

/** Why a rule about the account on the secondary does not apply. */
export const noLocalLogin = (cluster: Cluster): string | undefined =>
  sendsNothing(cluster) ??
  (cluster.secondary.system.webGui.authenticatesLocally
    ? undefined
    : "the secondary checks logins against an authentication server");
