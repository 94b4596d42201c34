import { entryKey, entryKind, otherKeys } from "../../cluster/entries.ts";
import { fieldDifferences, type IsList } from "../../model/compare.ts";
import type { Tree } from "../../model/tree.ts";

/** Behind one sibling, or in front of another where it comes first; at the end if neither is there. */
export interface Place {
  readonly behind?: Tree;
  readonly ahead?: Tree;
}

/**
 * What corresponds to what in one list of entries before and after a sync: by key; of several with one key, and of those
 * without any, the equal ones first.
 */
export class Matching {
  readonly #before: readonly Tree[];
  readonly #after: readonly Tree[];
  readonly #kindOf: ((entry: Tree) => string) | undefined;
  readonly #twins = new Map<Tree, Tree>();
  readonly #kept: ReadonlySet<Tree>;
  readonly #moved = new Set<Tree>();
  readonly #positions: ReadonlyMap<Tree, number>;
  readonly #indices: ReadonlyMap<Tree, number>;

  constructor(before: readonly Tree[], after: readonly Tree[], path: string, isList: IsList) {
    this.#before = before;
    this.#after = after;
    this.#kindOf = entryKind(path);
    this.#positions = new Map(before.map((was, i) => [was, i]));
    this.#indices = new Map(after.map((will, i) => [will, i]));
    this.#match(path, isList);
    this.#kept = new Set(this.#twins.values());
    this.#findMoved();
  }

  /** What an entry of the second list was in the first, or undefined if it is new. */
  twinOf(will: Tree): Tree | undefined {
    return this.#twins.get(will);
  }

  /** Whether an entry of the first list is in the second. */
  isKept(was: Tree): boolean {
    return this.#kept.has(was);
  }

  /** Whether an entry has to move: the fewest do that bring each kind of entries into the right order. */
  isMoved(will: Tree): boolean {
    return this.#moved.has(will);
  }

  /** Whether the entries of both lists stand in another order in the second, be it one that means nothing. */
  get reordered(): boolean {
    const order = this.#after.map((will) => this.#position(will)).filter((position) => position !== undefined);
    return order.some((position, i) => i > 0 && position < (order[i - 1] ?? 0));
  }

  /** Beside the nearest entry that stays: of its own kind where order means something, else behind the last of all. */
  placeOf(will: Tree): Place {
    const index = this.#indices.get(will) ?? 0;
    if (this.#kindOf) {
      const kind = this.#kindOf(will);
      for (let i = index - 1; i >= 0; i--) {
        const behind = this.#anchor(this.#after[i], kind);
        if (behind) return { behind };
      }
      for (let i = index + 1; i < this.#after.length; i++) {
        const ahead = this.#anchor(this.#after[i], kind);
        if (ahead) return { ahead };
      }
    }
    const behind = this.#before.at(-1);
    return behind ? { behind } : {};
  }

  #anchor(other: Tree | undefined, kind: string): Tree | undefined {
    return other && !this.#moved.has(other) && this.#kindOf?.(other) === kind ? this.#twins.get(other) : undefined;
  }

  #position(will: Tree): number | undefined {
    const was = this.#twins.get(will);
    return was && this.#positions.get(was);
  }

  #match(path: string, isList: IsList): void {
    const keyOf = (entry: Tree): string => entryKey(path, entry);
    this.#pairUp(keyOf, (was, will) => fieldDifferences(was, will, "", isList).next().done === true);
    for (const key of [keyOf, ...otherKeys(path)]) this.#pairUp(key, (was) => key(was) !== "");
  }

  /** Twins among the entries of one key that have none yet, in their order. */
  #pairUp(keyOf: (entry: Tree) => string, accepts: (was: Tree, will: Tree) => boolean): void {
    const taken = new Set(this.#twins.values());
    const free = groupBy(
      this.#before.filter((was) => !taken.has(was)),
      keyOf,
    );
    for (const will of this.#after) {
      if (this.#twins.has(will)) continue;
      const candidates = free.get(keyOf(will)) ?? [];
      const found = candidates.findIndex((was) => accepts(was, will));
      const [was] = found === -1 ? [] : candidates.splice(found, 1);
      if (was) this.#twins.set(will, was);
    }
  }

  #findMoved(): void {
    const kindOf = this.#kindOf;
    if (!kindOf) return;
    for (const entries of groupBy(this.#after, kindOf).values()) {
      const known = entries.filter((will) => this.#twins.has(will));
      const staying = longestIncreasing(known.map((will) => this.#position(will) ?? 0));
      for (const [i, will] of known.entries()) if (!staying.has(i)) this.#moved.add(will);
    }
  }
}

function groupBy(entries: readonly Tree[], key: (entry: Tree) => string): Map<string, Tree[]> {
  const groups = new Map<string, Tree[]>();
  for (const entry of entries) {
    const name = key(entry);
    const group = groups.get(name);
    if (group) group.push(entry);
    else groups.set(name, [entry]);
  }
  return groups;
}

/** The indices of a longest increasing subsequence. */
function longestIncreasing(numbers: readonly number[]): ReadonlySet<number> {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [i, number] of numbers.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((numbers[tails[middle] ?? 0] ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    previous[i] = tails[low - 1] ?? -1;
    tails[low] = i;
  }
  const result = new Set<number>();
  for (let i = tails.at(-1) ?? -1; i !== -1; i = previous[i] ?? -1) result.add(i);
  return result;
}
