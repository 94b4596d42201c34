import { Entry, type Field, type Flag, type SecretField } from "./field.ts";

/** `system`. */
export class System extends Entry {
  get hostname(): Field<string> {
    return this.textField("hostname");
  }

  get domain(): Field<string> {
    return this.textField("domain");
  }

  /** `hostname.domain` as far as it is set. */
  get fullName(): string {
    return [this.hostname.text, this.domain.text].filter((part) => part !== "").join(".");
  }

  get webGui(): WebGui {
    return new WebGui(this.tree.section("webgui"));
  }

  get users(): readonly User[] {
    return this.tree.list("user").map((tree) => new User(tree));
  }

  get groups(): readonly Group[] {
    return this.tree.list("group").map((tree) => new Group(tree));
  }

  /** The account of a name; of several, pfSense finds the last (`auth.inc`, `index_users()`). */
  user(name: string): User | undefined {
    return this.users.findLast((user) => user.name.text === name);
  }

  /**
   * The privileges of an account: its own, and those of the groups that list it. Everybody is in the group `all`
   * (`auth.inc`, `get_user_privileges()`).
   */
  privilegesOf(user: User): readonly string[] {
    const groups = this.groups.filter(({ name, members }) => name.text === "all" || members.includes(user.uid.text));
    return [...user.privileges, ...groups.flatMap(({ privileges }) => privileges)];
  }

  /** IPv6 is dropped altogether without it (`filter.inc`, `filter_rules_generate()`). */
  get ipv6Allow(): Flag {
    return this.flagField("ipv6allow");
  }

  /** Without it, 169.254/16 is dropped before every other rule (`filter.inc`, `filter_rules_generate()`). */
  get noApipaBlock(): Flag {
    return this.flagField("no_apipa_block");
  }

  /** pf is off: no filtering, no NAT, no states (`filter.inc`, `filter_configure_sync()`). */
  get filterDisabled(): Flag {
    return this.flagField("disablefilter");
  }

  /** Pass rules through a gateway that is down are left out instead of using another way (`filter.inc`). */
  get skipsRulesOfDeadGateways(): Flag {
    return this.flagField("skip_rules_gw_down");
  }

  get ssh(): Ssh {
    return new Ssh(this.tree.section("ssh"));
  }

  /** `if-bound` or `floating`; absent means floating up to 23.3 and if-bound later (`filter.inc`). */
  get statePolicy(): Field<string> {
    return this.textField("statepolicy");
  }

  get timeServers(): Field<string> {
    return this.textField("timeservers");
  }
}

/** `system/ssh`. */
export class Ssh extends Entry {
  get enable(): Flag {
    return this.flagField("enable");
  }

  get port(): Field<number> {
    return this.portField("port");
  }

  /** The port that is served, whether or not the service is on. */
  get served(): number {
    return this.port.value ?? 22;
  }
}

/** `system/webgui`. */
export class WebGui extends Entry {
  get protocol(): Field<string> {
    return this.textField("protocol");
  }

  get port(): Field<number> {
    return this.portField("port");
  }

  get certificate(): Field<string> {
    return this.textField("ssl-certref");
  }

  get noAntiLockout(): Flag {
    return this.flagField("noantilockout");
  }

  /** HTTPS without the listener on port 80 that sends browsers to it. */
  get noHttpRedirect(): Flag {
    return this.flagField("disablehttpredirect");
  }

  /** The name of the server that logins are checked against; empty means the local database. */
  get authMode(): Field<string> {
    return this.textField("authmode");
  }

  get authenticatesLocally(): boolean {
    return this.authMode.text === "" || this.authMode.text === "Local Database";
  }

  /** The port and transport that the web GUI serves (`system.inc`, `system_webgui_start()`). */
  get served(): WebEndpoint {
    const tls = this.protocol.text === "https";
    return { port: this.port.value ?? (tls ? 443 : 80), tls };
  }

  /** What XMLRPC sync dials with these settings, which are the sender's own (`xmlrpc_client.inc`, `setConnectionData()`). */
  get dialled(): WebEndpoint {
    const port = this.port.value ?? (this.protocol.text === "http" ? 80 : 443);
    return { port, tls: port === 443 || this.protocol.text === "https" };
  }

  override get checked(): readonly Field<unknown>[] {
    return [this.port];
  }
}

export interface WebEndpoint {
  readonly port: number;
  readonly tls: boolean;
}

/** How much later than in UTC a day begins at UTC-12, in seconds. */
const westernmost = 12 * 3600;

/** `system/user`. */
export class User extends Entry {
  get name(): Field<string> {
    return this.textField("name");
  }

  get uid(): Field<number> {
    return this.integerField("uid", 0, 2 ** 31);
  }

  get disabled(): Flag {
    return this.flagField("disabled");
  }

  /** `MM/DD/YYYY`, or empty for never. */
  get expires(): Field<string> {
    return this.textField("expires");
  }

  /** When the account stops working, in seconds since 1970: a day after `expires` begins, wherever the node may stand. */
  get expiry(): number | undefined {
    const parts = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(this.expires.text);
    if (!parts) return undefined;
    const [, month, day, year] = parts.map(Number);
    return Date.UTC(year!, month! - 1, day!) / 1000 + 24 * 3600 + westernmost;
  }

  /** The hashes of the password, in the order in which pfSense tries them (`auth.inc`, `local_backed()`). */
  get hashes(): readonly SecretField[] {
    return ["bcrypt-hash", "sha512-hash", "password", "md5-hash"].map((name) => this.secretField(name));
  }

  get privileges(): readonly string[] {
    return this.tree.list("priv").map((tree) => tree.text);
  }

  get subject(): string {
    return `user/${this.name.text}`;
  }

  override get checked(): readonly Field<unknown>[] {
    return [this.uid];
  }
}

/** `system/group`. */
export class Group extends Entry {
  get name(): Field<string> {
    return this.textField("name");
  }

  get gid(): Field<number> {
    return this.integerField("gid", 0, 2 ** 31);
  }

  /** Numbers of the users in it, as text. */
  get members(): readonly string[] {
    return this.tree.list("member").map((tree) => tree.text);
  }

  get privileges(): readonly string[] {
    return this.tree.list("priv").map((tree) => tree.text);
  }

  get subject(): string {
    return `group/${this.name.text}`;
  }

  override get checked(): readonly Field<unknown>[] {
    return [this.gid];
  }
}
