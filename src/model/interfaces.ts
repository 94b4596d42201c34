import { type Address, type Network, network, parseIpv4, parseIpv6 } from "./address.ts";
import { Entry, Field, type Flag, readInteger } from "./field.ts";

/** What may stand in `ipaddr` instead of an address: the node is told its address (`interfaces.inc`). */
const dynamicIpv4 = new Set(["dhcp", "pppoe", "pptp", "l2tp", "ppp"]);
const dynamicIpv6 = new Set(["dhcp6", "slaac", "track6", "6rd", "6to4", "pppoev6"]);

/** Beginnings of the device names that are VPNs: which node assigned them first decides what `optN` means. */
const vpnDevices = /^(?:ovpn|ipsec|tun_wg|gif|gre|l2tp|pptp)/;

/** An assigned interface, `interfaces/wan` and so on. */
export class Interface extends Entry {
  /** The name that the configuration uses: `wan`, `lan`, `opt1`. */
  get key(): string {
    return this.tree.name;
  }

  get subject(): string {
    return `interface/${this.key}`;
  }

  /** What the kernel calls it, such as `igb0.20`. */
  get device(): Field<string> {
    return this.textField("if");
  }

  get descr(): Field<string> {
    return this.textField("descr");
  }

  /** The name people see: the description, or the key in capitals, as the GUI shows it. */
  get label(): string {
    return this.descr.text || this.key.toUpperCase();
  }

  /** `wan (WAN1)`, or just `wan` where the description says the same. */
  get title(): string {
    return this.label.toLowerCase() === this.key ? this.key : `${this.key} (${this.label})`;
  }

  get enable(): Flag {
    return this.flagField("enable");
  }

  get enabled(): boolean {
    return this.enable.on;
  }

  /** A static IPv4 address, or the word that says how it is got. */
  get ipaddr(): Field<Address | string> {
    return new Field(this.tree, "ipaddr", "an IPv4 address or dhcp, pppoe, pptp, l2tp, ppp", (text) =>
      dynamicIpv4.has(text) ? text : parseIpv4(text),
    );
  }

  get ipaddrv6(): Field<Address | string> {
    return new Field(this.tree, "ipaddrv6", "an IPv6 address or dhcp6, slaac, track6, 6rd, 6to4", (text) =>
      dynamicIpv6.has(text) ? text : parseIpv6(text),
    );
  }

  get subnet(): Field<number> {
    return new Field(this.tree, "subnet", "a prefix length from 0 to 32", (text) => readInteger(text, 0, 32));
  }

  get subnetv6(): Field<number> {
    return new Field(this.tree, "subnetv6", "a prefix length from 0 to 128", (text) => readInteger(text, 0, 128));
  }

  addressField(family: 4 | 6): Field<Address | string> {
    return family === 4 ? this.ipaddr : this.ipaddrv6;
  }

  subnetField(family: 4 | 6): Field<number> {
    return family === 4 ? this.subnet : this.subnetv6;
  }

  /** The static address of a family, or undefined. */
  addressOf(family: 4 | 6): Address | undefined {
    const { value } = this.addressField(family);
    return typeof value === "string" ? undefined : value;
  }

  /** The network of the static address, or undefined. */
  networkOf(family: 4 | 6): Network | undefined {
    const address = this.addressOf(family);
    const bits = this.subnetField(family).value;
    return address && bits !== undefined ? network(address, bits) : undefined;
  }

  /** Whether the node is told its address of this family. */
  isDynamic(family: 4 | 6): boolean {
    return typeof this.addressField(family).value === "string";
  }

  /** Whether the node may get an address of this family at run time that the file does not show. */
  mayBeGiven(family: 4 | 6): boolean {
    return this.enabled && !this.addressOf(family) && (!this.addressField(family).empty || this.isVpn);
  }

  get gateway(): Field<string> {
    return this.textField("gateway");
  }

  get gatewayv6(): Field<string> {
    return this.textField("gatewayv6");
  }

  get blockPrivate(): Flag {
    return this.flagField("blockpriv");
  }

  get blockBogons(): Flag {
    return this.flagField("blockbogons");
  }

  get spoofmac(): Field<string> {
    return this.textField("spoofmac");
  }

  get mtu(): Field<number> {
    return this.integerField("mtu", 0, 65535);
  }

  get mss(): Field<number> {
    return this.integerField("mss", 0, 65535);
  }

  /** Whether the device belongs to a VPN, so that the key depends on which VPN was assigned first. */
  get isVpn(): boolean {
    return vpnDevices.test(this.device.text);
  }

  override get checked(): readonly Field<unknown>[] {
    return [this.ipaddr, this.ipaddrv6, this.subnet, this.subnetv6, this.mtu, this.mss];
  }
}
