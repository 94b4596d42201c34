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

  /** The text of the address that sources are translated to. */
  get targetText(): string {
    return this.target.text === "other-subnet" ? this.tree.textOf("targetip") : this.target.text;
  }

  get descr(): Field<string> {
    return this.textField("descr");
  }

  get subject(): string {
    return `nat/outbound/${this.interface.text}/${this.source.network.text || "any"}`;
  }
}
