import { type Address, parseAddress } from "./address.ts";
import { Entry, Field, type Flag } from "./field.ts";
import type { Tree } from "./tree.ts";

/** Where Kea listens for its partner if nothing is set (`services_dhcp.inc`, `kea_defaults()`). */
const defaultPorts = { kea: 8765, kea6: 8766 } as const;

/** One of the two Kea servers, for IPv4 and IPv6. */
export type KeaService = keyof typeof defaultPorts;

/** High availability of Kea, `kea/ha` or `kea6/ha`. */
export class KeaHa extends Entry {
  readonly service: KeaService;
  readonly #hostname: string;

  /** @param hostname the node's, which its name defaults to */
  constructor(service: KeaService, tree: Tree, hostname: string) {
    super(tree);
    this.service = service;
    this.#hostname = hostname;
  }

  get subject(): string {
    return `${this.service}/ha`;
  }

  get enable(): Flag {
    return this.flagField("enable");
  }

  /** `primary`, which is also what an empty one means, or `standby`. */
  get role(): Field<string> {
    return this.textField("role");
  }

  get effectiveRole(): string {
    return this.role.text || "primary";
  }

  get localName(): Field<string> {
    return this.textField("localname");
  }

  /** The name that this node goes by; its host name if none is set. */
  get effectiveLocalName(): string {
    return this.localName.text || this.#hostname;
  }

  get remoteName(): Field<string> {
    return this.textField("remotename");
  }

  get localAddress(): Field<Address> {
    return new Field(this.tree, "localip", "an IP address", parseAddress);
  }

  get remoteAddress(): Field<Address> {
    return new Field(this.tree, "remoteip", "an IP address", parseAddress);
  }

  get localPort(): Field<number> {
    return this.portField("localport");
  }

  get remotePort(): Field<number> {
    return this.portField("remoteport");
  }

  get effectiveLocalPort(): number {
    return this.localPort.value ?? defaultPorts[this.service];
  }

  get effectiveRemotePort(): number {
    return this.remotePort.value ?? defaultPorts[this.service];
  }

  /** Whether the two servers talk over TLS. */
  get tls(): Flag {
    return this.flagField("tls");
  }

  /** Whether they also ask each other for a certificate. */
  get mutualTls(): Flag {
    return this.flagField("mutualtls");
  }

  /** The certificate that the server shows, by `refid`. */
  get serverCertificate(): Field<string> {
    return this.textField("scertref");
  }

  /** The certificate that it shows as a client, by `refid`. */
  get clientCertificate(): Field<string> {
    return this.textField("ccertref");
  }

  override get checked(): readonly Field<unknown>[] {
    return [this.localAddress, this.remoteAddress, this.localPort, this.remotePort];
  }
}
