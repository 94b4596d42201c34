/** The known word nearest to what was typed, if it is near enough to be what was meant. */
export function nearest(typed: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(typed.length / 3)) + 1;
  for (const word of known) {
    const distance = editDistance(typed.toLowerCase(), word.toLowerCase());
    if (distance < bestDistance) {
      best = word;
      bestDistance = distance;
    }
  }
  return best;
}

/** `; did you mean X?`, or nothing. */
export function suggestion(typed: string, known: Iterable<string>): string {
  const word = nearest(typed, known);
  return word === undefined ? "" : `; did you mean ${word}?`;
}

/** Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let k = 1; k <= b.length; k++) {
      const cost = a[i - 1] === b[k - 1] ? 0 : 1;
      row.push(Math.min((row[k - 1] ?? 0) + 1, (previous[k] ?? 0) + 1, (previous[k - 1] ?? 0) + cost));
    }
    previous = row;
  }
  return previous.at(-1) ?? 0;
}
