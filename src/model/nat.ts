import { Entry, Field, type Flag } from "./field.ts";
import { RuleEnd } from "./filter.ts";

/** What `nat/outbound/mode` may say; without it, `automatic`. Any other word is no outbound NAT (`filter.inc`). */
export type OutboundMode = "automatic" | "hybrid" | "advanced" | "disabled";
const modes: readonly OutboundMode[] = ["automatic", "hybrid", "advanced", "disabled"];

/** `nat/outbound`. */
export class OutboundNat extends Entry {
  get mode(): Field<OutboundMode> {
    return new Field(this.tree, "mode", `one of ${modes.join(", ")}`, (text) => modes.find((mode) => mode === text));
  }

  /** As it takes effect (`filter.inc`, `filter_nat_rules_generate()`). */
  get effectiveMode(): OutboundMode {
    const { present, value } = this.mode;
    return present ? (value ?? "disabled") : "automatic";
  }

  /** Rules of one's own; they count in modes `hybrid` and `advanced` only. */
  get rules(): readonly OutboundRule[] {
    return this.tree.list("rule").map((tree, index) => new OutboundRule(tree, index));
  }
}

/** `nat/outbound/rule`. */
export class OutboundRule extends Entry {
  /** Position in the file, from 0. */
  readonly index: number;

  constructor(tree: Entry["tree"], index: number) {
    super(tree);
    this.index = index;
  }

  get interface(): Field<string> {
    return this.textField("interface");
  }

  get disabled(): Flag {
    return this.flagField("disabled");
  }

  get nosync(): Flag {
    return this.flagField("nosync");
  }

  /** What matches is not translated at all. */
  get noNat(): Flag {
    return this.flagField("nonat");
  }

  /** Its `network` holds a network, an alias, `(self)` or `any`. */
  get source(): RuleEnd {
    return new RuleEnd(this.tree.section("source"));
  }

  get destination(): RuleEnd {
    return new RuleEnd(this.tree.section("destination"));
  }

  /**
   * What becomes of the source: an address, an alias, `wanip` and the like; `other-subnet` up to 22.9, with the address
   * in `targetip`. Empty means the interface's own address up to 22.9.
   */
  get target(): Field<string> {
    return this.textField("target");
  }

  /** The field that holds the address that sources are translated to. */
  get targetField(): Field<string> {
    return this.target.text === "other-subnet" ? this.textField("targetip") : this.target;
  }

  /** The text of the address that sources are translated to. */
  get targetText(): string {
    return this.targetField.text;
  }

  /** The source as it stands: a network, an alias, an interface, `(self)` or `any`. */
  get sourceText(): string {
    const { any, network, address } = this.source;
    return network.text || address.text || (any.on ? "any" : "");
  }

  /** `inet`, `inet6`, or empty for both. */
  get ipProtocol(): Field<string> {
    return this.textField("ipprotocol");
  }

  /** `outbound NAT of 10.0.0.0/8 on wan`. */
  get title(): string {
    return `outbound NAT of ${this.sourceText || "any"} on ${this.interface.text}`;
  }

  get descr(): Field<string> {
    return this.textField("descr");
  }

  get subject(): string {
    return `nat/outbound/${this.interface.text}/${this.sourceText || "any"}`;
  }
}

/** `nat/rule`, a port forward. */
export class PortForward extends Entry {
  get interface(): Field<string> {
    return this.textField("interface");
  }

  get disabled(): Flag {
    return this.flagField("disabled");
  }

  get nosync(): Flag {
    return this.flagField("nosync");
  }

  /** What matches is not forwarded at all. */
  get noRedirect(): Flag {
    return this.flagField("nordr");
  }

  get source(): RuleEnd {
    return new RuleEnd(this.tree.section("source"));
  }

  get destination(): RuleEnd {
    return new RuleEnd(this.tree.section("destination"));
  }

  /** Where packets are sent instead: an address or an alias. */
  get target(): Field<string> {
    return this.textField("target");
  }

  /** The first port there: a number, an alias or a service name. */
  get localPort(): Field<string> {
    return this.textField("local-port");
  }

  /** `inet`, which is also what an empty one means, or `inet6`. */
  get ipProtocol(): Field<string> {
    return this.textField("ipprotocol");
  }

  /** The id that its filter rule has as well; `pass` for none that passes by itself, or empty. */
  get associatedRule(): Field<string> {
    return this.textField("associated-rule-id");
  }

  get descr(): Field<string> {
    return this.textField("descr");
  }

  /** `port forward "Web" on wan`, or by address and port where it has no description. */
  get title(): string {
    const what = this.descr.text === "" ? `of ${this.#where}` : `"${this.descr.text}"`;
    return `port forward ${what} on ${this.interface.text}`;
  }

  get subject(): string {
    return `nat/rule/${this.interface.text}/${this.#where}`;
  }

  get #where(): string {
    const { address, network, portText } = this.destination;
    return [address.text || network.text || "any", portText.text].filter((part) => part !== "").join(":");
  }
}

/** `nat/onetoone`. */
export class OneToOne extends Entry {
  get interface(): Field<string> {
    return this.textField("interface");
  }

  get disabled(): Flag {
    return this.flagField("disabled");
  }

  /** What matches is not translated at all. */
  get noBinat(): Flag {
    return this.flagField("nobinat");
  }

  /** The address, or the first of a network, by which the inside is known outside; `wanip` and the like. */
  get external(): Field<string> {
    return this.textField("external");
  }

  /** `inet`, which is also what an empty one means, or `inet6`. */
  get ipProtocol(): Field<string> {
    return this.textField("ipprotocol");
  }

  get title(): string {
    return `1:1 NAT of ${this.external.text} on ${this.interface.text}`;
  }

  get subject(): string {
    return `nat/onetoone/${this.interface.text}/${this.external.text}`;
  }
}
