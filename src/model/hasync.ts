import { type Address, parseAddress } from "./address.ts";
import { lastVersionOf27 } from "./dialect.ts";
import { Entry, Field, Flag, type SecretField } from "./field.ts";
import type { Tree } from "./tree.ts";

/** The sections that a box on the page "High Availability Sync" selects; the element is `synchronize` and the name. */
export const syncBoxes = [
  "users",
  "authservers",
  "certs",
  "rules",
  "schedules",
  "aliases",
  "nat",
  "ipsec",
  "openvpn",
  "dhcpd",
  "kea6",
  "dhcrelay",
  "dhcrelay6",
  "wol",
  "staticroutes",
  "virtualip",
  "trafficshaper",
  "trafficshaperlimiter",
  "dnsforwarder",
  "captiveportal",
] as const;
export type SyncBox = (typeof syncBoxes)[number];

/** State and configuration synchronisation of one node, `hasync`. */
export class Hasync extends Entry {
  readonly #version: number;

  /** @param version config version, which decides what a box with an odd text means */
  constructor(tree: Tree, version: number) {
    super(tree);
    this.#version = version;
  }

  /** pfsync runs when the element is there, whatever it says (`interfaces.inc`, `interfaces_sync_setup()`). */
  get pfsyncEnabled(): Flag {
    return this.flagField("pfsyncenabled");
  }

  get pfsyncInterface(): Field<string> {
    return this.textField("pfsyncinterface");
  }

  /** The peer that states are sent to; empty means multicast. The GUI takes IPv4 only, the run time both. */
  get pfsyncPeer(): Field<string> {
    return this.textField("pfsyncpeerip");
  }

  /**
   * The filter host id as a number. What pfSense ignores (not 1 to 8 hexadecimal digits, or zero) is undefined
   * (`filter.inc`, `filter_get_host_id()`).
   */
  get hostId(): Field<number> {
    return new Field(this.tree, "pfhostid", "1 to 8 hexadecimal digits", (text) => {
      const digits = /^\s*([0-9a-fA-F]{1,8})\s*$/.exec(text)?.[1];
      const number = digits === undefined ? 0 : Number.parseInt(digits, 16);
      return number === 0 ? undefined : number;
    });
  }

  /** Where configuration is sent; only the primary has one. */
  get target(): Field<string> {
    return this.textField("synchronizetoip");
  }

  /** The target, if it is a bare IP address. */
  get targetAddress(): Address | undefined {
    return parseAddress(this.target.text);
  }

  /** The target as it may be shown: a URL can hold a user and a password. */
  get shownTarget(): string {
    return this.target.text.replace(/^(\s*[a-z][a-z0-9+.-]*:\/\/)?.*@/i, "$1…@");
  }

  get username(): Field<string> {
    return this.textField("username");
  }

  /** The account that the sender logs in with; empty means `admin` (`xmlrpc_client.inc`, constructor). */
  get account(): string {
    return this.username.text || "admin";
  }

  get password(): SecretField {
    return this.secretField("password");
  }

  /** Whether accounts below uid 2000 travel too: the sender sends what is there, the receiver asks for `on`. */
  get adminSync(): Flag {
    return new Flag(this.tree, "adminsync", (text) => text === "on");
  }

  /**
   * A box: up to config version 23.3 on when not empty, so that "off" is on; later on when PHP takes it for true, so
   * that "0" is off (`rc.filter_synchronize`).
   */
  box(name: SyncBox): Flag {
    return new Flag(
      this.tree,
      `synchronize${name}`,
      (text) => text !== "" && (this.#version <= lastVersionOf27 || text !== "0"),
    );
  }

  /** All elements that begin with `synchronize` and are boxes. */
  get boxes(): readonly Flag[] {
    return this.tree.children
      .filter(({ name }) => name.startsWith("synchronize") && name !== "synchronizetoip")
      .map(({ name }) => this.box(name.slice("synchronize".length) as SyncBox));
  }
}
