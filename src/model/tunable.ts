import { Entry, type Field } from "./field.ts";

/** The tunables that rule over CARP, and what pfSense and the kernel make of them (`globals.inc`, `ip_carp.c`). */
export const carpTunables: ReadonlyMap<string, string> = new Map([
  ["net.inet.carp.allow", "1"],
  ["net.inet.carp.senderr_demotion_factor", "0"],
  ["net.inet.carp.ifdown_demotion_factor", "240"],
  ["net.pfsync.carp_demotion_factor", "0"],
]);

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
