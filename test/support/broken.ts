/** An invariant that does not hold. The first line of the message says of which kind it is, for every input of that kind. */
export class Broken extends Error {}

export function broken(kind: string, details = ""): never {
  throw new Broken(details === "" ? kind : `${kind}\n${details}`);
}

/** A pair can be wrong in such a way that putting one thing right makes another one worse: then nothing is written. */
export const isRefusal = (message: string): boolean => message.includes("after the fixes there would be new problems");
