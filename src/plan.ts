import type { NodeInfo } from "./diagnostic.ts";
import type { Span } from "./source.ts";

/** What the next XMLRPC sync would do to the secondary: all that a reporter of it is given. */
export interface Plan {
  readonly primary: NodeInfo;
  readonly secondary: NodeInfo;
  /** Whether the sync would take place. */
  readonly willSync: boolean;
  /** Why it would not; no capital, no full stop. */
  readonly reason: string | undefined;
  /** What is in doubt although it would take place, as a sentence without full stop. */
  readonly doubts: readonly string[];
  /** The sections that travel and change something, in the order of the secondary's file. */
  readonly sections: readonly PlannedSection[];
  /** The sections that do not travel and differ. */
  readonly unsynced: readonly UnsyncedSection[];
}

export interface PlannedSection {
  /** `filter`, `system/user`. */
  readonly section: string;
  readonly mode: "replaced" | "merged" | "matched";
  /** What the secondary keeps of its own all the same. */
  readonly keeps: string | undefined;
  readonly entries: readonly PlannedEntry[];
}

export interface PlannedEntry {
  readonly change: "add" | "change" | "delete";
  /** Stable from save to save, as `alias/web`. */
  readonly subject: string;
  /** For people, as `alias web`. */
  readonly title: string;
  /** On the secondary; what is added, on the primary. */
  readonly at: Span;
  readonly path: string;
  /** The other side, on the primary. */
  readonly from: { readonly at: Span; readonly path: string } | undefined;
  /** Whether it is an entry that the secondary alone has, and loses. */
  readonly lost: boolean;
  /** Whether it comes to stand elsewhere in its list. */
  readonly moved: boolean;
  /** What differs inside an entry that is there, or the value of a setting. */
  readonly fields: readonly PlannedField[];
}

/** A value before and after; both undefined where they are secret. */
export interface PlannedField {
  /** Below the entry; empty for the value of a setting itself. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly secret: boolean;
}

export interface UnsyncedSection {
  /** `interfaces`, `system/hostname`. */
  readonly section: string;
  /** No release sends it; or its box is not ticked; or the primary has nothing there that would be sent. */
  readonly why: "never" | "not-selected" | "nothing-to-send";
  /** The boxes that would send it. */
  readonly boxes: readonly string[];
  /** How many of its settings and entries differ. */
  readonly differences: number;
  /** On the secondary; on the primary where the secondary has no such section. */
  readonly at: Span;
}
