import { type Address, type Network, network, parseAddress } from "./address.ts";
import { Entry, Field, type Flag, readInteger, type SecretField } from "./field.ts";

/** Everything above this is advertised as this (`ip_carp.c`, `CARP_MAXSKEW`). */
export const maxSkew = 240;

/** What the kernel takes (`ip_carp.c`, `carp_ioctl()`), advbase as far as the GUI offers it. Both ends included. */
export const carpRanges = {
  vhid: { min: 1, max: 255 },
  advbase: { min: 1, max: 254 },
  advskew: { min: 0, max: 254 },
} as const;

/** A VIP, `virtualip/vip`, of mode `carp`, `ipalias`, `proxyarp` or `other`. */
export class Vip extends Entry {
  // Kept, since VIPs are compared with one another.
  #mode: Field<string> | undefined;
  #interface: Field<string> | undefined;
  #subnet: Field<Address> | undefined;

  get mode(): Field<string> {
    this.#mode ??= this.textField("mode");
    return this.#mode;
  }

  get isCarp(): boolean {
    return this.mode.text === "carp";
  }

  get isAlias(): boolean {
    return this.mode.text === "ipalias";
  }

  /** An interface, `_vip<uniqid>` of a CARP VIP, or `lo0`. */
  get interface(): Field<string> {
    this.#interface ??= this.textField("interface");
    return this.#interface;
  }

  /** For a stacked IP alias, the uniqid of the CARP VIP that it lives on. */
  get parentId(): string | undefined {
    const { text } = this.interface;
    return text.startsWith("_vip") ? text.slice(4) : undefined;
  }

  get isStacked(): boolean {
    return this.parentId !== undefined;
  }

  /** Anything that is a number is read; the rule carp-value-range judges it. */
  get vhid(): Field<number> {
    return this.integerField("vhid", 0, 999_999);
  }

  /** Seconds. */
  get advbase(): Field<number> {
    return this.integerField("advbase", 0, 999_999);
  }

  /** 1/256 seconds. */
  get advskew(): Field<number> {
    return this.integerField("advskew", 0, 999_999);
  }

  /** Seconds; empty means 1, the kernel's default (`interfaces.inc`, `interface_carp_configure()`). */
  get effectiveAdvbase(): number {
    return this.advbase.value || 1;
  }

  /** 1/256 seconds; empty means 0 (`ifconfig` reads no number as 0). */
  get effectiveAdvskew(): number {
    return this.advskew.value ?? 0;
  }

  /** Time between advertisements in 1/256 seconds, as carp(4) adds it up, without demotion. The shorter one wins. */
  get interval(): number {
    return this.effectiveAdvbase * 256 + Math.min(maxSkew, this.effectiveAdvskew);
  }

  /** Whether all that decides an election could be read, and is something that the kernel takes. */
  get electable(): boolean {
    return (
      this.vhid.value !== undefined &&
      (["vhid", "advbase", "advskew"] as const).every((name) => !this[name].unreadable && this.isInRange(name))
    );
  }

  /** Whether the kernel takes the value of a field, if it has one. */
  isInRange(name: keyof typeof carpRanges): boolean {
    const { value } = this[name];
    return value === undefined || (value >= carpRanges[name].min && value <= carpRanges[name].max);
  }

  get password(): SecretField {
    return this.secretField("password");
  }

  /** How CARP is sent: `ucast`, or `mcast`, which is also what an empty one means. Only pfSense Plus has it. */
  get carpMode(): Field<string> {
    return this.textField("carp_mode");
  }

  get isUnicast(): boolean {
    return this.carpMode.text === "ucast";
  }

  /** Where unicast CARP is sent. Only pfSense Plus has it. */
  get carpPeer(): Field<Address> {
    return this.ipField("carp_peer");
  }

  get uniqid(): Field<string> {
    return this.textField("uniqid");
  }

  /** `_vip<uniqid>`, by which other sections refer to it. */
  get reference(): string {
    return `_vip${this.uniqid.text}`;
  }

  /** The address; `type` network makes it a range for `other` and `proxyarp`. */
  get subnet(): Field<Address> {
    this.#subnet ??= new Field(this.tree, "subnet", "an IP address", parseAddress);
    return this.#subnet;
  }

  get subnetBits(): Field<number> {
    return new Field(this.tree, "subnet_bits", "a prefix length of its family", (text) =>
      readInteger(text, 0, this.family === 4 ? 32 : 128),
    );
  }

  get family(): 4 | 6 | undefined {
    return this.subnet.value?.family;
  }

  /** The address with its prefix length. */
  get network(): Network | undefined {
    const address = this.subnet.value;
    const bits = this.subnetBits.value;
    return address && bits !== undefined && (address.family === 6 || bits <= 32) ? network(address, bits) : undefined;
  }

  get descr(): Field<string> {
    return this.textField("descr");
  }

  get type(): Field<string> {
    return this.textField("type");
  }

  get noExpand(): Flag {
    return this.flagField("noexpand");
  }

  /** `VHID 10 on wan` for a CARP VIP, otherwise mode and address. */
  get title(): string {
    return this.isCarp
      ? `VHID ${this.vhid.text || "?"} on ${this.interface.text}`
      : `${this.modeTitle} ${this.subnet.text}`;
  }

  get modeTitle(): string {
    return { ipalias: "IP alias", proxyarp: "proxy ARP VIP", other: "VIP of mode other" }[this.mode.text] ?? "VIP";
  }

  get subject(): string {
    const key = this.isCarp ? this.vhid.text : this.subnet.text;
    return `vip/${this.interface.text}/${key}`;
  }

  override get checked(): readonly Field<unknown>[] {
    const common = [this.subnet, this.subnetBits];
    return this.isCarp ? [...common, this.vhid, this.advbase, this.advskew] : common;
  }
}
