import { Entry, type Field, type Flag } from "./field.ts";
import type { Tree } from "./tree.ts";

/** `openvpn/openvpn-server` or `openvpn/openvpn-client`. */
export class OpenVpn extends Entry {
  readonly kind: "server" | "client";

  constructor(tree: Tree) {
    super(tree);
    this.kind = tree.name === "openvpn-client" ? "client" : "server";
  }

  get vpnid(): Field<string> {
    return this.textField("vpnid");
  }

  /** The instance does not run while it is present (`openvpn.inc`, `openvpn_restart()`). */
  get disable(): Flag {
    return this.flagField("disable");
  }

  /** An interface, `_vip<uniqid>`, a gateway group, `lo0`, or `any`. */
  get interface(): Field<string> {
    return this.textField("interface");
  }

  /** `UDP4`, `TCP6` and so on; without a figure, both families. */
  get protocol(): Field<string> {
    return this.textField("protocol");
  }

  /** The address families that it listens on or connects with. */
  get families(): readonly (4 | 6)[] {
    const { text } = this.protocol;
    return text.endsWith("4") ? [4] : text.endsWith("6") ? [6] : [4, 6];
  }

  /** `tun` or `tap`. */
  get deviceMode(): Field<string> {
    return this.textField("dev_mode");
  }

  /** What the kernel calls its interface: `ovpns1`, `ovpnc2`. */
  get device(): string {
    return `ovpn${this.kind === "server" ? "s" : "c"}${this.vpnid.text}`;
  }

  get descr(): Field<string> {
    return this.textField("description");
  }

  /** `OpenVPN server 1 (Staff)`. */
  get title(): string {
    const name = `OpenVPN ${this.kind} ${this.vpnid.text}`.trimEnd();
    return this.descr.text === "" ? name : `${name} (${this.descr.text})`;
  }

  get subject(): string {
    return `openvpn/${this.kind}/${this.vpnid.text}`;
  }
}
