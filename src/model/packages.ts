import { type Address, parseAddress } from "./address.ts";
import { Entry, Field, type SecretField } from "./field.ts";
import type { Tree } from "./tree.ts";

/** An installed package, `installedpackages/package`. */
export class Package extends Entry {
  get name(): Field<string> {
    return this.textField("name");
  }

  /** The version that was installed, which a reinstallation renews. */
  get version(): Field<string> {
    return this.textField("version");
  }
}

/** A package's own configuration sync: pfBlockerNG, Snort, Suricata and others, `installedpackages/…sync/config`. */
export class PackageSync extends Entry {
  /** The section below `installedpackages`, as `pfblockerngsync`. */
  readonly section: string;

  constructor(section: string, tree: Tree) {
    super(tree);
    this.section = section;
  }

  /** `disabled`, `auto` (to the target of XMLRPC sync), or `manual` (to the rows). */
  get mode(): Field<string> {
    return this.textField("varsynconchanges");
  }

  /** Where it sends to in mode `manual`, as far as switched on. */
  get targets(): readonly Field<Address>[] {
    return this.tree
      .list("row")
      .filter((row) => row.textOf("varsyncdestinenable") !== "")
      .map((row) => new Field(row, "varsyncipaddress", "an IP address", parseAddress));
  }

  get subject(): string {
    return `installedpackages/${this.section}`;
  }
}

/** `installedpackages/wireguard/tunnels/item`. */
export class WireguardTunnel extends Entry {
  /** The name of its device, `tun_wg0`. */
  get name(): Field<string> {
    return this.textField("name");
  }

  get descr(): Field<string> {
    return this.textField("descr");
  }

  get enabled(): Field<string> {
    return this.textField("enabled");
  }

  get isEnabled(): boolean {
    return this.enabled.text === "yes";
  }

  get privateKey(): SecretField {
    return this.secretField("privatekey");
  }

  /** `WireGuard tunnel tun_wg0 (Sites)`. */
  get title(): string {
    const name = `WireGuard tunnel ${this.name.text}`;
    return this.descr.text === "" ? name : `${name} (${this.descr.text})`;
  }

  get subject(): string {
    return `installedpackages/wireguard/${this.name.text}`;
  }
}

/** `installedpackages/acme/certificates/item`. */
export class AcmeCertificate extends Entry {
  get name(): Field<string> {
    return this.textField("name");
  }

  /** `active`, or `disabled` for one that is not renewed. */
  get status(): Field<string> {
    return this.textField("status");
  }

  get isRenewed(): boolean {
    return this.status.text !== "disabled";
  }

  get subject(): string {
    return `installedpackages/acme/${this.name.text}`;
  }
}

/** The routing daemons of FRR, `installedpackages/frr/config`. */
export class Frr extends Entry {
  get enable(): Field<string> {
    return this.textField("enable");
  }

  get isEnabled(): boolean {
    return this.enable.text === "on";
  }

  get routerId(): Field<string> {
    return this.textField("routerid");
  }

  /** The CARP VIP whose master alone runs FRR, `_vip<uniqid>`; empty or `none` if it runs on both nodes. */
  get statusVip(): Field<string> {
    return this.textField("carpstatusvid");
  }

  get followsCarp(): boolean {
    return !this.statusVip.empty && this.statusVip.text !== "none";
  }
}
