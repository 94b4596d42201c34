import { change, type Files } from "./pair.ts";

type Where = keyof Files | "both";

/** What a VIP of a test has besides the usual. */
export interface VipFields {
  readonly mode?: "carp" | "ipalias" | "proxyarp" | "other";
  readonly interface?: string;
  readonly vhid?: string;
  readonly advskew?: string;
  readonly uniqid?: string;
  readonly bits?: string;
  readonly subnet: string;
}

/** Adds a VIP behind the others; on both nodes, the secondary's advskew is what sync makes of the primary's 0. */
export function addVip(files: Files, where: Where, fields: VipFields): Files {
  if (where === "both") {
    const advskew = fields.advskew ?? "0";
    const primary = addVip(files, "primary", { ...fields, advskew });
    return addVip(primary, "secondary", { ...fields, advskew: String(Number(advskew) + 100) });
  }
  const { mode = "carp", vhid = "9", advskew = where === "primary" ? "0" : "100", bits = "24" } = fields;
  const carp =
    mode === "carp"
      ? `<vhid>${vhid}</vhid>
			<advskew>${advskew}</advskew>
			<advbase>1</advbase>
			<password><![CDATA[example-vip-pass]]></password>`
      : "";
  const vip = `	<vip>
			<mode>${mode}</mode>
			<interface>${fields.interface ?? "lan"}</interface>
			${carp}
			<uniqid>${fields.uniqid ?? `64b00000000${vhid}9`}</uniqid>
			<descr></descr>
			<type>single</type>
			<subnet_bits>${bits}</subnet_bits>
			<subnet>${fields.subnet}</subnet>
		</vip>`;
  return change(files, where, "\t</virtualip>", `\t${vip}\n\t</virtualip>`);
}

/** Gives a field behind `vhid` in the VIP of that VHID another value; undefined removes the element. */
export function setVip(files: Files, where: Where, vhid: number, field: string, value: string | undefined): Files {
  const element = new RegExp(`(<vhid>${vhid}</vhid>(?:(?!</vip>).)*?)<${field}>(?:(?!</${field}>).)*</${field}>`, "s");
  return change(files, where, element, value === undefined ? "$1" : `$1<${field}>${value}</${field}>`);
}

/** Gives both nodes a second interface for clients, opt2, in 192.168.8.0/24 unless another address is given. */
export function addInterface(files: Files, more = "", prefix = "192.168.8"): Files {
  const opt2 = (host: number): string => `<opt2>
			<enable></enable>
			<if>igb3</if>
			<descr><![CDATA[GUEST]]></descr>
			<ipaddr>${prefix}.${host}</ipaddr>
			<subnet>24</subnet>
			${more}
		</opt2>
	</interfaces>`;
  return change(change(files, "primary", "</interfaces>", opt2(11)), "secondary", "</interfaces>", opt2(12));
}

/** Turns the sync of virtual IPs off. */
export const withoutVipSync = (files: Files): Files =>
  change(files, "primary", "<synchronizevirtualip>on</synchronizevirtualip>", "");

/** The small pair with VHID 2 of a node, or of both, on another interface than its LAN. */
export const moveVip = (files: Files, where: Where, key: string): Files =>
  change(files, where, /<interface>lan<\/interface>(\s*<vhid>2<)/, `<interface>${key}</interface>$1`);
