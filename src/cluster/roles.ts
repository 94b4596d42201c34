import type { RoleEvidence } from "../diagnostic.ts";
import type { Config } from "../model/config.ts";
import { carpKey } from "./identity.ts";
import { matchBy } from "./match.ts";

export interface Roles {
  readonly primary: Config;
  readonly secondary: Config;
  readonly from: RoleEvidence;
}

/**
 * Which node is the primary: what the user said; else the node that has `synchronizetoip`; if both or neither have it,
 * the one with the lower advskew on every twin; else the first, and xmlrpc-role-known says that it was a guess.
 */
export function rolesOf(first: Config, second: Config, primary?: Config): Roles {
  const choose = (chosen: Config, from: RoleEvidence): Roles => ({
    primary: chosen,
    secondary: chosen === first ? second : first,
    from,
  });
  if (primary) return choose(primary, "option");
  const firstSends = !first.hasync.target.empty;
  if (firstSends !== !second.hasync.target.empty) return choose(firstSends ? first : second, "target");
  const faster = fasterNode(first, second);
  return faster ? choose(faster, "advskew") : choose(first, "order");
}

function fasterNode(first: Config, second: Config): Config | undefined {
  const electable = ({ carpVips }: Config) => carpVips.filter((vip) => vip.electable);
  const { pairs } = matchBy(electable(first), electable(second), carpKey);
  if (pairs.length === 0) return undefined;
  if (pairs.every((twins) => twins.primary.effectiveAdvskew < twins.secondary.effectiveAdvskew)) return first;
  return pairs.every((twins) => twins.primary.effectiveAdvskew > twins.secondary.effectiveAdvskew) ? second : undefined;
}
