import { Entry, type Field, type Flag } from "./field.ts";

/** `ipsec/phase1`, one IKE peer. */
export class Phase1 extends Entry {
  get ikeid(): Field<string> {
    return this.textField("ikeid");
  }

  get disabled(): Flag {
    return this.flagField("disabled");
  }

  /** An interface, `_vip<uniqid>` or a gateway group. */
  get interface(): Field<string> {
    return this.textField("interface");
  }

  /** `ikev1`, `ikev2` or `auto`. */
  get ikeType(): Field<string> {
    return this.textField("iketype");
  }

  /** `on` or `off`; only IKEv2 has it. */
  get mobike(): Field<string> {
    return this.textField("mobike");
  }

  /** `inet`, `inet6` or `both`. */
  get protocol(): Field<string> {
    return this.textField("protocol");
  }

  get families(): readonly (4 | 6)[] {
    const { text } = this.protocol;
    return text === "inet6" ? [6] : text === "both" ? [4, 6] : [4];
  }

  get descr(): Field<string> {
    return this.textField("descr");
  }

  /** `IPsec tunnel 2 (Bremen)`. */
  get title(): string {
    const name = `IPsec tunnel ${this.ikeid.text}`.trimEnd();
    return this.descr.text === "" ? name : `${name} (${this.descr.text})`;
  }

  get subject(): string {
    return `ipsec/phase1/${this.ikeid.text}`;
  }
}
