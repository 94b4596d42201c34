import type { JudgedAcceptance, Problem, Rule } from "./rule.ts";

export const acceptedFindingCurrent: Rule = {
  id: "accepted-finding-current",
  severity: "warning",
  summary: "Every accepted finding still occurs and is within its date.",
  fix: "none",
  partial: true,
  last: true,

  notApplicable: (_, { accepted }) => (accepted.length === 0 ? "nothing is accepted" : undefined),

  *check(_, { accepted }) {
    for (const entry of accepted) {
      if (entry.state === "stale") yield stale(entry);
      if (entry.state === "expired") yield expired(entry);
    }
  },
};

const stale = (entry: JudgedAcceptance): Problem => ({
  at: entry.at,
  message: `${title(entry)}: expected a diagnostic of that rule and subject, found none`,
  subject: subject(entry),
  help: "remove the entry; `pfha-lint accept --prune` does it",
});

const expired = (entry: JudgedAcceptance): Problem => ({
  at: entry.untilAt ?? entry.at,
  message: `${title(entry)}: expected an end that is still to come, found ${entry.until}`,
  subject: subject(entry),
  help: "settle what the rule reports, or give the entry a later date",
});

const title = ({ rule, subject }: JudgedAcceptance): string => `accepted finding ${rule} of ${subject}`;

const subject = ({ rule, subject }: JudgedAcceptance): string => `accepted/${rule}/${subject}`;
