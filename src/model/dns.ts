import { Entry, type Field, type Flag } from "./field.ts";

/** DNS Resolver, `unbound`. */
export class Resolver extends Entry {
  get enable(): Flag {
    return this.flagField("enable");
  }

  /** What it listens on: interfaces, `_vip<uniqid>`, addresses, separated by commas. */
  get listening(): Field<string> {
    return this.textField("active_interface");
  }

  /** What it listens on, one by one; none, or `all` among them, means everything. */
  get listeningOn(): readonly string[] {
    return this.words("active_interface");
  }

  get outgoing(): Field<string> {
    return this.textField("outgoing_interface");
  }

  /** What it asks from, one by one; none, or `all` among them, means that the system chooses. */
  get outgoingFrom(): readonly string[] {
    return this.words("outgoing_interface");
  }
}

/** DNS Forwarder, `dnsmasq`. */
export class Forwarder extends Entry {
  get enable(): Flag {
    return this.flagField("enable");
  }

  /** What it answers on: interfaces, `_vip<uniqid>`, addresses, separated by commas. */
  get listening(): Field<string> {
    return this.textField("interface");
  }

  /** What it answers on, one by one; none means everything. */
  get listeningOn(): readonly string[] {
    return this.words("interface");
  }
}

/** A dynamic DNS record to keep, `dyndnses/dyndns`. */
export class DynamicDns extends Entry {
  get enable(): Flag {
    return this.flagField("enable");
  }

  /** The provider, such as `dyndns` or `custom`. */
  get type(): Field<string> {
    return this.textField("type");
  }

  get host(): Field<string> {
    return this.textField("host");
  }

  /** The domain, where the provider wants it apart from the host. */
  get domain(): Field<string> {
    return this.textField("domainname");
  }

  /** The full name whose record is kept. */
  get name(): string {
    return [this.host.text, this.domain.text].filter((part) => part !== "").join(".");
  }

  /** Whose address is published: an interface, `_vip<uniqid>`, or a gateway group. */
  get interface(): Field<string> {
    return this.textField("interface");
  }

  get subject(): string {
    return `dyndns/${this.name || this.type.text}`;
  }
}
