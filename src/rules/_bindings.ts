import { vipsBehind } from "../behaviour/vip-binding.ts";
import type { Config } from "../model/config.ts";
import { setText } from "../model/edit.ts";
import type { Field } from "../model/field.ts";
import type { Vip } from "../model/virtual-ips.ts";
import type { DraftFix } from "./rule.ts";

/** The CARP VIPs that a service could bind to instead of the interface that it names; none if it names a VIP already. */
export function vipsInstead(config: Config, name: string, families: readonly (4 | 6)[]): readonly Vip[] {
  if (vipsBehind(config, name).length > 0) return [];
  return families.flatMap((family) => config.carpVipsOn(name, family));
}

/** The one VIP that can be meant, as a remedy; none where there is a choice, or nothing to refer to it by. */
export function bindTo(field: Field<string>, vips: readonly Vip[]): DraftFix | undefined {
  const [vip] = vips;
  if (!vip || vips.length > 1 || vip.uniqid.empty) return undefined;
  return {
    title: `bind it to the CARP VIP ${vip.subnet.text}, ${vip.reference}`,
    safe: false,
    edits: [setText(field, vip.reference)],
  };
}

/** `the CARP VIP 198.51.100.10`, or of several, `one of the CARP VIPs …`. */
export const anyOf = (vips: readonly Vip[]): string =>
  vips.length === 1
    ? `the CARP VIP ${vips[0]?.subnet.text}`
    : `one of the CARP VIPs ${vips.map(({ subnet }) => subnet.text).join(", ")}`;
