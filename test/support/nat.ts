import { change, type Files } from "./pair.ts";

type Where = keyof Files | "both";

/** Outbound NAT as given, in a mode, in the place of the pair's own. */
export const outbound = (files: Files, rules: string, mode = "hybrid", where: Where = "both"): Files =>
  change(
    files,
    where,
    /<outbound>[\s\S]*<\/outbound>/,
    `<outbound>${mode === "" ? "" : `<mode>${mode}</mode>`}${rules}</outbound>`,
  );

export interface OutboundParts {
  readonly on?: string;
  readonly from?: string;
  readonly to?: string;
  readonly extra?: string;
}

/** An outbound rule of the LAN to the CARP VIP on WAN, except as said. */
export const rule = ({
  on = "wan",
  from = "192.168.7.0/24",
  to = "198.51.100.10",
  extra = "",
}: OutboundParts = {}): string =>
  `<rule><interface>${on}</interface><source><network>${from}</network></source><destination><any></any></destination>` +
  `<target>${to}</target>${extra}</rule>`;

/** Adds to the NAT section. */
export const withNat = (files: Files, text: string, where: Where = "both"): Files =>
  change(files, where, "</nat>", `${text}</nat>`);

export const withVip = (files: Files, text: string, where: Where = "both"): Files =>
  change(files, where, "</virtualip>", `${text}</virtualip>`);

/** A VIP; a CARP VIP has the VHID 9. */
export const vip = (mode: string, on: string, address: string, bits = 24): string =>
  `<vip><mode>${mode}</mode><interface>${on}</interface>${mode === "carp" ? "<vhid>9</vhid><advskew>0</advskew>" : ""}` +
  `<uniqid>64b0000000009</uniqid><subnet>${address}</subnet><subnet_bits>${bits}</subnet_bits></vip>`;

export const alias = (files: Files, name: string, members: string, type = "host"): Files =>
  change(
    files,
    "both",
    "</aliases>",
    `<alias><name>${name}</name><type>${type}</type><address>${members}</address></alias></aliases>`,
  );

/** A port forward of HTTPS on WAN. */
export const forward = (destination: string, extra = "", target = "192.168.7.80"): string =>
  `<rule><interface>wan</interface><destination>${destination}<port>443</port></destination><target>${target}</target>${extra}</rule>`;
