/** An invariant that does not hold. The first line of the message says of which kind it is, for every input of that kind. */
export class Broken extends Error {}

export function broken(kind: string, details = ""): never {
  throw new Broken(details === "" ? kind : `${kind}\n${details}`);
}
