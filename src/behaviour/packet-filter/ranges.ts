/** An inclusive range. */
export interface Range<T extends number | bigint> {
  readonly first: T;
  readonly last: T;
}

/** Sorted ranges that do not overlap; membership by binary search. */
export class RangeSet<T extends number | bigint> {
  /** Kept apart, because arrays of plain numbers are what a search is fastest on. */
  readonly #firsts: T[] = [];
  readonly #lasts: T[] = [];

  constructor(ranges: Iterable<Range<T>>) {
    const sorted = [...ranges].filter(({ first, last }) => first <= last);
    sorted.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
    for (const { first, last } of sorted) {
      const end = this.#lasts.length - 1;
      const previous = this.#lasts[end];
      if (previous === undefined || first > previous) {
        this.#firsts.push(first);
        this.#lasts.push(last);
      } else if (last > previous) this.#lasts[end] = last;
    }
  }

  has(value: T): boolean {
    const firsts = this.#firsts;
    let low = 0;
    let high = firsts.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (value < firsts[middle]!) high = middle - 1;
      else if (value > this.#lasts[middle]!) low = middle + 1;
      else return true;
    }
    return false;
  }

  get ranges(): readonly Range<T>[] {
    return this.#firsts.map((first, i) => ({ first, last: this.#lasts[i]! }));
  }

  get isEmpty(): boolean {
    return this.#firsts.length === 0;
  }
}
