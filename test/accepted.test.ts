import { expect, test } from "vitest";
import type { Acceptance, Report } from "../src/diagnostic.ts";
import type { LintSettings } from "../src/lint.ts";
import { rules } from "../src/rules/index.ts";
import { Source } from "../src/source.ts";
import { change, type Files, lintFiles, small } from "./support/pair.ts";

const file = new Source("pfha-lint.yaml", "accepted\n");
const entry = (subject: string, until?: string, rule = "carp-advskew-order"): Acceptance => ({
  rule,
  subject,
  reason: "by intent",
  until,
  at: file.span(0, 8),
  untilAt: undefined,
});

const wanTie: Files = change(small, "secondary", /(<vhid>1<\/vhid>\s*<advskew>)100/, "$10");
const lint = (accepted: readonly Acceptance[], files = wanTie, settings: LintSettings = {}): Promise<Report> =>
  lintFiles(files, rules, { accepted, today: "2026-11-24", ...settings });
const reported = ({ diagnostics }: Report): string[] => diagnostics.map(({ rule, subject }) => `${rule} ${subject}`);

test("takes an accepted diagnostic out of the report and keeps it beside, with its reason", async () => {
  const report = await lint([entry("vip/wan/1", "2027-01-01")]);
  expect(reported(report)).toEqual([]);
  expect(report.accepted).toMatchObject([
    { reason: "by intent", until: "2027-01-01", diagnostic: { rule: "carp-advskew-order", subject: "vip/wan/1" } },
  ]);
});

test("accepts nothing of another rule or subject, and says that the entry is stale", async () => {
  expect(reported(await lint([entry("vip/lan/2")]))).toEqual([
    "accepted-finding-current accepted/carp-advskew-order/vip/lan/2",
    "carp-advskew-order vip/wan/1",
  ]);
  expect(reported(await lint([entry("vip/wan/1", undefined, "version-match")]))).toEqual([
    "accepted-finding-current accepted/version-match/vip/wan/1",
    "carp-advskew-order vip/wan/1",
  ]);
});

test.for([
  ["2026-11-23", "expected an end that is still to come, found 2026-11-23"],
  ["2026-11-24", undefined],
] as const)("holds to the end of its last day: %s", async ([until, message]) => {
  const { diagnostics } = await lint([entry("vip/wan/1", until)]);
  const found = diagnostics.find(({ rule }) => rule === "accepted-finding-current");
  expect(found?.message.split(": ")[1]).toBe(message);
  expect(diagnostics).toHaveLength(message ? 2 : 0);
});

test("calls an entry stale, not expired, if it is both", async () => {
  const { diagnostics } = await lint([entry("vip/lan/2", "2020-01-01")], small);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    "accepted finding carp-advskew-order of vip/lan/2: expected a diagnostic of that rule and subject, found none",
  ]);
});

test.for([
  ["is off", small, { severities: new Map([["carp-advskew-order", "off" as const]]) }],
  ["could not look, since a file is cut short", change(small, "secondary", /<filter>[\s\S]*/, "<fil"), {}],
] as const)("does not judge an entry whose rule %s", async ([, files, settings]) => {
  const report = await lint([entry("vip/wan/1")], files, settings);
  expect(reported(report).filter((line) => line.startsWith("accepted-"))).toEqual([]);
});

test("does not judge an entry whose rule was not chosen", async () => {
  const chosen = rules.filter(({ id }) => id === "accepted-finding-current");
  const { diagnostics } = await lintFiles(small, chosen, { accepted: [entry("vip/wan/1")] });
  expect(diagnostics).toEqual([]);
});

test("expires nothing where no date is given", async () => {
  expect(reported(await lint([entry("vip/wan/1", "2020-01-01")], wanTie, { today: undefined }))).toEqual([]);
});
