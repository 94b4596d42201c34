import { Entry, type Field } from "./field.ts";

/** A system tunable, `sysctl/item`. */
export class Tunable extends Entry {
  get name(): Field<string> {
    return this.textField("tunable");
  }

  /** A number or text; the word `default` is what pfSense itself sets (`system.inc`, `get_sysctl()`). */
  get value(): Field<string> {
    return this.textField("value");
  }

  get subject(): string {
    return `tunable/${this.name.text}`;
  }
}
