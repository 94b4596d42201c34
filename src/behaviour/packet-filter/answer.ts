/**
 * The answer to "does it match?": yes, no, or why no file can tell (a URL table, a host name, a schedule). A reason is
 * a phrase that ends the sentence "it cannot be told, because …".
 */
export type Answer = boolean | string;

/** Whether an answer is a reason for doubt. */
export const isDoubt = (answer: Answer): answer is string => typeof answer === "string";

export const negate = (answer: Answer): Answer => (isDoubt(answer) ? answer : !answer);

/** True if any is, else the first doubt, else false. */
export function anyOf<T>(items: readonly T[], ask: (item: T) => Answer): Answer {
  let doubt: Answer = false;
  for (const item of items) {
    const answer = ask(item);
    if (answer === true) return true;
    if (doubt === false) doubt = answer;
  }
  return doubt;
}
