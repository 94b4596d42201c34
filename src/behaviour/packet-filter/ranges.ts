/** An inclusive range. */
export interface Range<T extends number | bigint> {
  readonly first: T;
  readonly last: T;
}

/** Sorted ranges that do not overlap; membership by binary search. */
export class RangeSet<T extends number | bigint> {
  readonly ranges: readonly Range<T>[];

  constructor(ranges: Iterable<Range<T>>) {
    const sorted = [...ranges].filter(({ first, last }) => first <= last);
    sorted.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
    const merged: Range<T>[] = [];
    for (const range of sorted) {
      const previous = merged.at(-1);
      if (!previous || range.first > previous.last) merged.push(range);
      else if (range.last > previous.last) merged[merged.length - 1] = { first: previous.first, last: range.last };
    }
    this.ranges = merged;
  }

  has(value: T): boolean {
    const { ranges } = this;
    let low = 0;
    let high = ranges.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const range = ranges[middle]!;
      if (value < range.first) high = middle - 1;
      else if (value > range.last) low = middle + 1;
      else return true;
    }
    return false;
  }

  get isEmpty(): boolean {
    return this.ranges.length === 0;
  }
}
