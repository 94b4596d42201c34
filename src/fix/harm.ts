import { type Diagnostic, type Fix, type Report, severities } from "../diagnostic.ts";

export type Fixable = Diagnostic & { readonly fix: Fix };

/** A problem that stays, as putting it right would bring up another one that is as bad. */
export interface LeftOut {
  readonly diagnostic: Fixable;
  /** What there would be instead. */
  readonly because: readonly Diagnostic[];
}

/** What a diagnostic is about: the same from one round of fixes to the next. */
export const problemOf = ({ rule, subject, node }: Diagnostic): string => `${rule}\n${subject}\n${node}`;

/**
 * The outcome of as many fixes as do no harm. Where there is a problem that was not there, the fix that brings it up is
 * looked for: it is left out, unless its own problem is worse than that.
 * @param wanted what has a fix that was asked for, before there is any
 * @param fixAllBut makes all fixes but those of some problems
 */
export async function withoutHarm<T extends { readonly after: Report }>(
  before: Report,
  wanted: readonly Fixable[],
  fixAllBut: (problems: ReadonlySet<string>) => Promise<T>,
): Promise<{ readonly made: T; readonly leftOut: readonly LeftOut[] }> {
  const leftOut: LeftOut[] = [];
  const borne = new Set<string>();
  for (;;) {
    const except = new Set(leftOut.map(({ diagnostic }) => problemOf(diagnostic)));
    const made = await fixAllBut(except);
    const harm = newProblems(before, made.after).filter((one) => !borne.has(problemOf(one)));
    if (harm.length === 0) return { made, leftOut };
    const culprits = wanted.filter((one) => !except.has(problemOf(one)));
    const { culprit, because } = await causeOf(before, culprits, harm, (some) =>
      fixAllBut(new Set([...except, ...some])),
    );
    const asBad = because.filter((one) => isAsBad(one, culprit));
    if (asBad.length > 0) leftOut.push({ diagnostic: culprit, because: asBad });
    else for (const one of because) borne.add(problemOf(one));
  }
}

/** The first fix, in their order, with which some of the harm is there, and that harm. */
async function causeOf(
  before: Report,
  culprits: readonly Fixable[],
  harm: readonly Diagnostic[],
  fixAllBut: (problems: readonly string[]) => Promise<{ readonly after: Report }>,
): Promise<{ readonly culprit: Fixable; readonly because: readonly Diagnostic[] }> {
  const known = new Set(harm.map(problemOf));
  let because = harm;
  // With the first `low` fixes there is none of it, with the first `high` there is some.
  let [low, high] = [0, culprits.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const { after } = await fixAllBut(culprits.slice(middle).map(problemOf));
    const found = newProblems(before, after).filter((one) => known.has(problemOf(one)));
    if (found.length === 0) low = middle;
    else [high, because] = [middle, found];
  }
  return { culprit: culprits[high - 1]!, because };
}

const isAsBad = (one: Diagnostic, other: Diagnostic): boolean =>
  severities.indexOf(one.severity) <= severities.indexOf(other.severity);

/**
 * What came up that was not there. Not so what could not be asked before, as its rule did not apply; a problem that one
 * node had and the other has now too, or that has the same place; what is left to a safe fix that was not asked for, as
 * after a change of the primary that the next sync carries on; and an acceptance in the configuration file that has done
 * its service.
 */
function newProblems(before: Report, after: Report): readonly Diagnostic[] {
  const known = new Set(before.diagnostics.flatMap(namesOf));
  const unasked = new Set(before.notApplicable.map(({ rule }) => rule));
  return after.diagnostics.filter(
    (one) =>
      one.node !== undefined &&
      !one.fix?.safe &&
      !unasked.has(one.rule) &&
      !namesOf(one).some((name) => known.has(name)),
  );
}

const namesOf = ({ rule, subject, node, path }: Diagnostic): readonly string[] => [
  `${rule}\n${subject}`,
  `${rule}\n${node}\n${path}`,
];
