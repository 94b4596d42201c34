import { kernelPassword } from "../behaviour/carp-password.ts";
import type { Difference } from "../behaviour/sync-drift.ts";
import { withList } from "../model/make.ts";
import { Vip } from "../model/virtual-ips.ts";
import { driftIn, notCarried, outdated } from "./_sync.ts";
import type { Rule } from "./rule.ts";

export const syncVipCurrent: Rule = {
  id: "sync-vip-current",
  severity: "warning",
  summary: "The secondary's other VIP settings are what XMLRPC sync writes.",
  fix: "safe",

  notApplicable: notCarried("virtual IPs", "virtualip"),

  *check(cluster) {
    yield* outdated(cluster, driftIn(cluster, "virtualip").filter(isUnreported).map(withoutReported), counts);
  },
};

/** CARP VIPs and stacked IP aliases that are missing have rules of their own. */
const isUnreported = ({ change, after }: Difference): boolean =>
  change !== "add" || after.some((tree) => !hasRules(new Vip(tree)));

const hasRules = (vip: Vip): boolean => vip.isCarp || vip.isStacked;

/** Of a VIP that the carp- and vip- rules look at, what they leave out. */
function counts(field: string, { before, after }: Difference): boolean {
  const vips = [...before, ...after].map((tree) => new Vip(tree));
  if (!vips.some(hasRules)) return true;
  if (field === "password") return vips.every((vip) => vip.isCarp) && sameKey(vips);
  return (
    ["descr", "type", "noexpand"].includes(field) || (field === "subnet_bits" && vips.every((vip) => vip.isStacked))
  );
}

/** Both passwords give the kernel the same key: what differs lies behind its last byte. */
const sameKey = ([first, second]: readonly Vip[]): boolean =>
  first !== undefined &&
  second !== undefined &&
  kernelPassword(first.password.value).equals(kernelPassword(second.password.value));

/** The VIP with only those fields changed that count, so that a fix changes no others. */
function withoutReported(difference: Difference): Difference {
  const [was] = difference.before;
  const [will] = difference.after;
  if (!was || !will || !hasRules(new Vip(was))) return difference;
  const fields = difference.fields.filter(({ path }) => counts(path, difference));
  const after = fields.reduce((vip, { path }) => withList(vip, path, will.list(path)), was);
  return { ...difference, fields, after: [after] };
}
