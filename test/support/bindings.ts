import { change, type Files } from "./pair.ts";

type Where = keyof Files | "both";

/** Uniqids of the two CARP VIPs of the small pair. */
export const wanVip = "64b0000000001";
export const lanVip = "64b0000000002";

/** Adds sections at the end of the file. */
export const addSections = (files: Files, where: Where, xml: string): Files =>
  change(files, where, "</pfsense>", `${xml}</pfsense>`);

interface Tunnel {
  readonly kind?: "server" | "client";
  readonly interface: string;
  readonly protocol?: string;
  /** More elements, such as `<disable></disable>`. */
  readonly more?: string;
}

/** Adds an OpenVPN instance, on both nodes unless told otherwise. */
export const addOpenVpn = (files: Files, tunnel: Tunnel, where: Where = "both"): Files => {
  const { kind = "server", protocol = "UDP4", more = "" } = tunnel;
  const content = `<vpnid>1</vpnid>${more}<protocol>${protocol}</protocol><interface>${tunnel.interface}</interface>`;
  return addSections(files, where, `<openvpn><openvpn-${kind}>${content}</openvpn-${kind}></openvpn>`);
};

/** Adds an IPsec tunnel on both nodes; IKEv2 over IPv4, unless other elements are given. */
export const addPhase1 = (files: Files, fields: Readonly<Record<string, string>>): Files => {
  const content = Object.entries({ ikeid: "1", iketype: "ikev2", protocol: "inet", ...fields }).map(
    ([name, value]) => `<${name}>${value}</${name}>`,
  );
  return addSections(files, "both", `<ipsec><phase1>${content.join("")}</phase1></ipsec>`);
};

/** Gives both nodes an IPv6 address on lan, and a CARP VIP there, VHID 6. */
export function withIpv6(files: Files): Files {
  const address =
    (where: keyof Files, host: number): ((before: Files) => Files) =>
    (before) =>
      change(
        before,
        where,
        `<ipaddr>192.168.7.${host}</ipaddr>`,
        `<ipaddr>192.168.7.${host}</ipaddr><ipaddrv6>2001:db8:7::${host}</ipaddrv6><subnetv6>64</subnetv6>`,
      );
  const vip =
    (where: keyof Files, advskew: number): ((before: Files) => Files) =>
    (before) =>
      change(
        before,
        where,
        "\t</virtualip>",
        `<vip><mode>carp</mode><interface>lan</interface><vhid>6</vhid><advskew>${advskew}</advskew><advbase>1</advbase>` +
          "<password><![CDATA[example-vip-pass]]></password><uniqid>64b0000000006</uniqid><type>single</type>" +
          "<subnet_bits>64</subnet_bits><subnet>2001:db8:7::1</subnet></vip>\n\t</virtualip>",
      );
  return [address("primary", 11), address("secondary", 12), vip("primary", 0), vip("secondary", 100)].reduce(
    (before, step) => step(before),
    files,
  );
}
