/** Numbers in [0, 1), the same for the same seed. */
export type Next = () => number;

/** A small, well distributed generator (mulberry32). */
export function random(seed: number): Next {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** A whole number from 0 to below the limit. */
export const below = (next: Next, limit: number): number => Math.floor(next() * limit);

export const pick = <T>(next: Next, list: readonly T[]): T => list[below(next, list.length)]!;
