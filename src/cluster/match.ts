/** The same thing on both nodes. */
export interface Pair<T> {
  readonly primary: T;
  readonly secondary: T;
}

/** What corresponds to what, in file order of the primary, then of the secondary. */
export interface Matched<T> {
  readonly pairs: readonly Pair<T>[];
  readonly primaryOnly: readonly T[];
  readonly secondaryOnly: readonly T[];
}

/** Matches two lists by a key. Of entries with the same key on one node, the first counts. */
export function matchBy<T>(primary: readonly T[], secondary: readonly T[], key: (item: T) => string): Matched<T> {
  const there = firstByKey(secondary, key);
  const here = firstByKey(primary, key);
  const pairs: Pair<T>[] = [];
  const primaryOnly: T[] = [];
  for (const [name, item] of here) {
    const twin = there.get(name);
    if (twin === undefined) primaryOnly.push(item);
    else pairs.push({ primary: item, secondary: twin });
  }
  return { pairs, primaryOnly, secondaryOnly: [...there].filter(([name]) => !here.has(name)).map(([, item]) => item) };
}

function firstByKey<T>(items: readonly T[], key: (item: T) => string): Map<string, T> {
  const map = new Map<string, T>();
  for (const item of items) {
    const name = key(item);
    if (!map.has(name)) map.set(name, item);
  }
  return map;
}
