import type { Cluster } from "../cluster/cluster.ts";
import { type DraftEdit, remove, setText } from "../model/edit.ts";
import type { Hasync } from "../model/hasync.ts";

/** Why a rule about what the primary sends does not apply. */
export const sendsNothing = ({ primary }: Cluster): string | undefined =>
  primary.hasync.target.empty ? "the primary has no XMLRPC target" : undefined;

/** What is left of an XMLRPC target without scheme, user, brackets, port, path and outer space. */
export function bareHost(text: string): string {
  const host = text
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, "")
    .replace(/^.*@/, "")
    .replace(/[/?#].*$/, "")
    .trim();
  return /^\[([^\]]*)\]/.exec(host)?.[1] ?? host.replace(/^([^:]*):\d*$/, "$1");
}

/** The settings of a sender, as far as they are set: username, password and boxes. */
export const senderSettings = (hasync: Hasync): readonly string[] => [
  ...(hasync.username.empty ? [] : ["username"]),
  ...(hasync.password.value.empty ? [] : ["password"]),
  ...hasync.boxes.filter(({ on }) => on).map(({ name }) => name),
];

/** What the GUI makes of a node that is no sender: the fields empty, the boxes gone. */
export const clearSender = (hasync: Hasync): readonly DraftEdit[] => [
  ...(hasync.target.empty ? [] : [setText(hasync.target, "")]),
  ...(hasync.username.empty ? [] : [setText(hasync.username, "")]),
  ...(hasync.password.value.empty ? [] : [setText(hasync.password, "")]),
  ...hasync.boxes.flatMap(({ tree }) => (tree ? [remove(tree)] : [])),
];
