import { Entry, type Field, Flag } from "./field.ts";
import type { Tree } from "./tree.ts";

/** `filter/rule`. What the fields mean to pf is in behaviour/packet-filter. */
export class FilterRule extends Entry {
  /** Position in the file, from 0. */
  readonly index: number;

  constructor(tree: Tree, index: number) {
    super(tree);
    this.index = index;
  }

  get type(): Field<string> {
    return this.textField("type");
  }

  /** One interface, group or pseudo interface; of a floating rule, several separated by commas. */
  get interface(): Field<string> {
    return this.textField("interface");
  }

  get interfaces(): readonly string[] {
    return this.words("interface");
  }

  get floating(): Flag {
    return this.flagField("floating");
  }

  get quick(): Flag {
    return this.flagField("quick");
  }

  get direction(): Field<string> {
    return this.textField("direction");
  }

  get disabled(): Flag {
    return this.flagField("disabled");
  }

  get nosync(): Flag {
    return this.flagField("nosync");
  }

  /** `inet`, `inet6` or `inet46`; missing means `inet`. */
  get family(): Field<string> {
    return this.textField("ipprotocol");
  }

  get protocol(): Field<string> {
    return this.textField("protocol");
  }

  get source(): RuleEnd {
    return new RuleEnd(this.tree.section("source"));
  }

  get destination(): RuleEnd {
    return new RuleEnd(this.tree.section("destination"));
  }

  get gateway(): Field<string> {
    return this.textField("gateway");
  }

  get schedule(): Field<string> {
    return this.textField("sched");
  }

  get descr(): Field<string> {
    return this.textField("descr");
  }

  get tracker(): Field<string> {
    return this.textField("tracker");
  }

  /** The traffic shaper's queue for what matches. */
  get queue(): Field<string> {
    return this.textField("defaultqueue");
  }

  /** The traffic shaper's queue for acknowledgements. */
  get ackQueue(): Field<string> {
    return this.textField("ackqueue");
  }

  /** The limiter of the direction that the rule matches. */
  get limiterIn(): Field<string> {
    return this.textField("dnpipe");
  }

  /** The limiter of the way back. */
  get limiterOut(): Field<string> {
    return this.textField("pdnpipe");
  }

  /** ICMP types by pf's names, such as `echoreq`. */
  get icmpTypes(): readonly string[] {
    return this.words("icmptype");
  }

  /** The tag that a matching packet gets. */
  get tag(): Field<string> {
    return this.textField("tag");
  }

  /** The tag that a packet must have; with `notTagged`, must not have. */
  get tagged(): Field<string> {
    return this.textField("tagged");
  }

  get notTagged(): Flag {
    return this.flagField("nottagged");
  }

  get associatedRule(): Field<string> {
    return this.textField("associated-rule-id");
  }

  /** `"Allow pfsync" on opt1`, or by its number where it has no description. */
  get title(): string {
    const name = this.descr.text === "" ? `rule ${this.index + 1}` : `rule "${this.descr.text}"`;
    return this.interface.text === "" ? name : `${name} on ${this.interface.text}`;
  }

  get subject(): string {
    return `filter/rule/${this.tracker.text || `#${this.index}`}`;
  }
}

/** `source` or `destination` of a filter or NAT rule: any, a network keyword, or an address or alias. */
export class RuleEnd extends Entry {
  get any(): Flag {
    return this.flagField("any");
  }

  get not(): Flag {
    return new Flag(this.tree, "not");
  }

  /** `lan`, `lanip`, `(self)`, a group, or (in NAT) a network. */
  get network(): Field<string> {
    return this.textField("network");
  }

  /** An address, a network or an alias. */
  get address(): Field<string> {
    return this.textField("address");
  }

  /** A port, a range `a-b`, an alias or a service name. */
  get portText(): Field<string> {
    return this.textField("port");
  }
}

/** `aliases/alias`. */
export class Alias extends Entry {
  get name(): Field<string> {
    return this.textField("name");
  }

  /** `host`, `network`, `port`, `url`, `url_ports`, `urltable` or `urltable_ports`. */
  get type(): Field<string> {
    return this.textField("type");
  }

  get address(): Field<string> {
    return this.textField("address");
  }

  /** Members: addresses, networks, ports, ranges, host names and other aliases. */
  get members(): readonly string[] {
    return this.words("address", " ");
  }

  get nosync(): Flag {
    return this.flagField("nosync");
  }

  get title(): string {
    return `alias ${this.name.text}`;
  }

  get subject(): string {
    return `alias/${this.name.text}`;
  }
}

/** `ifgroups/ifgroupentry`. XMLRPC sync never carries groups. */
export class InterfaceGroup extends Entry {
  get name(): Field<string> {
    return this.textField("ifname");
  }

  /** Keys of the interfaces in it. */
  get members(): readonly string[] {
    return this.words("members", " ");
  }

  get subject(): string {
    return `ifgroup/${this.name.text}`;
  }
}
