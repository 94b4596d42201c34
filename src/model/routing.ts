import { type Address, parseAddress } from "./address.ts";
import { Entry, Field, type Flag } from "./field.ts";

/** `gateways/gateway_item`. */
export class Gateway extends Entry {
  get name(): Field<string> {
    return this.textField("name");
  }

  get interface(): Field<string> {
    return this.textField("interface");
  }

  /** The next hop, or the word `dynamic`. */
  get gateway(): Field<Address | string> {
    return new Field(this.tree, "gateway", "an IP address or dynamic", (text) =>
      text === "dynamic" ? text : parseAddress(text),
    );
  }

  /** The next hop, if it is an address. */
  get address(): Address | undefined {
    const { value } = this.gateway;
    return typeof value === "string" ? undefined : value;
  }

  /** `inet` or `inet6`. */
  get family(): Field<string> {
    return this.textField("ipprotocol");
  }

  get disabled(): Flag {
    return this.flagField("disabled");
  }

  override get checked(): readonly Field<unknown>[] {
    return [this.gateway];
  }

  get subject(): string {
    return `gateway/${this.name.text}`;
  }
}

/** `gateways/gateway_group`. */
export class GatewayGroup extends Entry {
  get name(): Field<string> {
    return this.textField("name");
  }

  /** Entries `gateway|tier|vip`. */
  get items(): readonly {
    readonly entry: Entry;
    readonly gateway: string;
    readonly tier: string;
    readonly vip: string;
  }[] {
    return this.tree.list("item").map((tree) => {
      const [gateway = "", tier = "", vip = ""] = tree.text.split("|");
      return { entry: new Entry(tree), gateway, tier, vip };
    });
  }

  get subject(): string {
    return `gateway-group/${this.name.text}`;
  }
}

/** `staticroutes/route`. */
export class StaticRoute extends Entry {
  get network(): Field<string> {
    return this.textField("network");
  }

  get gateway(): Field<string> {
    return this.textField("gateway");
  }

  get disabled(): Flag {
    return this.flagField("disabled");
  }

  get subject(): string {
    return `route/${this.network.text}`;
  }
}

/** The name of a VLAN's device in its two parts: `igb0` and `.20`; older releases wrote `igb0_vlan20`. */
export function splitVlan(device: string): { readonly carrier: string; readonly suffix: string } | undefined {
  const [, carrier, suffix] = /^(.+?)((?:\.|_vlan)\d+)$/.exec(device) ?? [];
  return carrier === undefined || suffix === undefined ? undefined : { carrier, suffix };
}

/** `vlans/vlan`. */
export class Vlan extends Entry {
  /** The device that carries it. */
  get parent(): Field<string> {
    return this.textField("if");
  }

  get tag(): Field<number> {
    return this.integerField("tag", 1, 4094);
  }

  /** Its own device name, `igb0.20`, or `igb0_vlan20` where an older release made it. */
  get device(): string {
    return this.tree.textOf("vlanif") || `${this.parent.text}.${this.tag.text}`;
  }

  override get checked(): readonly Field<unknown>[] {
    return [this.tag];
  }
}

/** `bridges/bridged`. */
export class Bridge extends Entry {
  get device(): Field<string> {
    return this.textField("bridgeif");
  }

  /** Keys of the interfaces in it. */
  get members(): readonly string[] {
    return this.words("members");
  }
}
