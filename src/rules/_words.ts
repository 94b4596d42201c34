/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** A list that a line can hold: the first of many, and how many there are besides. */
export function shortened(words: readonly string[], limit = 6): string {
  return words.length <= limit ? listed(words) : listed([...words.slice(0, limit), `${words.length - limit} more`]);
}
