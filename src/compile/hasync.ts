import { formatAddress } from "../model/address.ts";
import type { Config } from "../model/config.ts";
import { leaf, withChild, withChildren } from "../model/make.ts";
import type { Tree } from "../model/tree.ts";

/** Settings of the sender, which a secondary must not have: it would send its configuration back. */
const isSending = (name: string): boolean =>
  name.startsWith("synchronize") || ["username", "password", "new_password", "adminsync"].includes(name);

/**
 * `hasync` of a secondary: pfsync as on the primary, seen from the other side; nothing that sends configuration, as the
 * GUI writes it.
 * @param own what the secondary has so far
 * @param hostId its filter host id; undefined to leave it as it is
 */
export function secondaryHasync(primary: Config, own: Tree, hostId: string | undefined): Tree {
  const { hasync } = primary;
  let tree = withChildren(
    own,
    own.children.filter(({ name }) => !isSending(name) && (name !== "pfsyncenabled" || hasync.pfsyncEnabled.on)),
  );
  const set = (name: string, text: string): void => {
    if (text !== "" || own.has(name)) tree = withChild(tree, leaf(name, text, own.section(name)));
  };
  const { pfsyncEnabled, pfsyncInterface, pfsyncPeer } = hasync;
  const address = primary.syncInterface?.addressOf(4);
  if (pfsyncEnabled.on) set("pfsyncenabled", "on");
  if (hostId !== undefined) set("pfhostid", hostId);
  set("pfsyncpeerip", pfsyncPeer.empty || !address ? "" : formatAddress(address));
  set("pfsyncinterface", pfsyncInterface.text);
  for (const name of ["synchronizetoip", "username", "password"]) set(name, "");
  return tree;
}

/** A filter host id that is not the primary's: the secondary's own, or the next number; none where nobody has one. */
export function distinctHostId(primary: Config, own: Config | undefined): string | undefined {
  const theirs = primary.hasync.hostId.value;
  const ours = own?.hasync.hostId;
  if (ours?.value !== undefined && ours.value !== theirs) return ours.text;
  if (theirs === undefined) return undefined;
  return (theirs === 0xffffffff ? 1 : theirs + 1).toString(16);
}
