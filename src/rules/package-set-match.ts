import { matchBy } from "../cluster/match.ts";
import { shortened } from "./_words.ts";
import type { Rule } from "./rule.ts";

export const packageSetMatch: Rule = {
  id: "package-set-match",
  severity: "info",
  summary: "Both nodes have the same packages in the same versions.",
  fix: "none",

  *check({ primary, secondary }) {
    const packages = matchBy(primary.packages, secondary.packages, ({ name }) => name.text);
    const older = packages.pairs.filter((pair) => pair.primary.version.text !== pair.secondary.version.text);
    const differences = [
      ...packages.primaryOnly.map(({ name }) => `no ${name.text}`),
      ...older.map((pair) => `${pair.secondary.name.text} ${versions(pair.primary, pair.secondary)}`),
      ...packages.secondaryOnly.map(({ name }) => `${name.text} besides`),
    ];
    if (differences.length === 0) return;
    const [only] = differences.length === 1 ? older : [];
    yield {
      at: only ? only.secondary.version.at : secondary.tree.section("installedpackages").at,
      message: `packages: expected those of the primary, found ${shortened(differences)}`,
      subject: "packages",
      related: [
        ...packages.primaryOnly.map((one) => ({ at: one.name.at, message: "on the primary only" })),
        ...older.map((pair) => ({ at: pair.primary.version.at, message: "the primary's version" })),
        ...packages.secondaryOnly.map((one) => ({ at: one.name.at, message: "on the secondary only" })),
      ],
      help: "install the same packages on both nodes, and update them on both; sync does not do it",
    };
  },
};

type Versioned = { readonly version: { readonly text: string } };

const versions = (expected: Versioned, found: Versioned): string =>
  `${found.version.text || "without a version"} instead of ${expected.version.text || "none"}`;
