import { afterSync } from "../behaviour/xmlrpc-sync.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Config } from "../model/config.ts";
import type { User } from "../model/system.ts";
import type { Span } from "../source.ts";
import { sendsNothing } from "./_xmlrpc.ts";
import type { PasswordVerifier } from "./rule.ts";

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

/** Why the account cannot log in on the secondary, and where that stands. */
export interface LoginFault {
  readonly at: Span;
  /** What is found in its place: `no such account`. */
  readonly found: string;
}

/** The rule xmlrpc-account-usable speaks of it. */
export function loginFault(cluster: Cluster): LoginFault | undefined {
  const { primary, secondary } = cluster;
  const account = syncAccount(cluster);
  if (!account) return { at: secondary.system.at, found: "no such account" };
  if (account.disabled.on) return { at: account.disabled.at, found: "a disabled one" };
  const now = Math.max(primary.savedAt ?? 0, secondary.savedAt ?? 0);
  const expired = (account.expiry ?? Number.POSITIVE_INFINITY) < now;
  return expired ? { at: account.expires.at, found: `one that expired on ${account.expires.text}` } : undefined;
}

/** An account, if it may log in and yet not push. The administrator needs no privilege. */
export const lacksPrivilege = ({ system }: Config, account: User | undefined): User | undefined =>
  account && (account.uid.value ?? 0) !== 0 && !system.privilegesOf(account).includes(syncPrivilege)
    ? account
    : undefined;

/**
 * Whether a rule about the account that XMLRPC sync uses has found a fault in it, today or once users are synced:
 * xmlrpc-account-usable, xmlrpc-account-privilege, xmlrpc-account-synced or xmlrpc-password-match.
 */
export function isAccountFaulty(cluster: Cluster, passwords: PasswordVerifier | undefined): boolean {
  if (noLocalLogin(cluster) !== undefined) return false;
  const { account: name, password } = cluster.primary.hasync;
  const views = [cluster.secondary, afterSync(cluster).onceThrough];
  return (
    loginFault(cluster) !== undefined ||
    views.some((config) => {
      const account = config.system.user(name);
      return !account || lacksPrivilege(config, account) || passwords?.verify(password.value, account) === false;
    })
  );
}
