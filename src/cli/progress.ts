import { milliseconds } from "./clock.ts";
import type { Io } from "./io.ts";
import type { Arguments } from "./options.ts";

/** How often the line is written again, in ms. */
const interval = 100;

type OnDone = (done: number, total: number) => void;

/** Says on standard error how far work has come, where somebody looks and wants to see it. */
export async function withProgress<T>(
  { quiet }: Arguments,
  { stderr, env }: Io,
  work: (onDone: OnDone | undefined) => Promise<T>,
): Promise<T> {
  if (!stderr.isTerminal || quiet === true || env["CI"] || env["TERM"] === "dumb") return work(undefined);
  let last: number | undefined;
  const onDone: OnDone = (done, total) => {
    const now = milliseconds();
    if (total === 1 || (last !== undefined && now - last < interval)) return;
    last = now;
    stderr.write(`\r\u001b[Kpfha-lint: ${done} of ${total} clusters`);
  };
  try {
    return await work(onDone);
  } finally {
    if (last !== undefined) stderr.write("\r\u001b[K");
  }
}
