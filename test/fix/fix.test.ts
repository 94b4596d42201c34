import { describe, expect, test } from "vitest";
import type { Report, Severity } from "../../src/diagnostic.ts";
import { type FixOutcome, type FixSettings, fixCluster, Rejected } from "../../src/fix/fix.ts";
import type { Config } from "../../src/model/config.ts";
import { type DraftEdit, insert, remove, setText } from "../../src/model/edit.ts";
import { Field } from "../../src/model/field.ts";
import { rules } from "../../src/rules/index.ts";
import type { Problem, Rule } from "../../src/rules/rule.ts";
import { change, clusterFrom, type Files, lintFiles, small } from "../support/pair.ts";

const hostname = (config: Config): Field<string> =>
  new Field(config.tree.section("system"), "hostname", "text", (text) => text);
const domain = (config: Config): Field<string> =>
  new Field(config.tree.section("system"), "domain", "text", (text) => text);

/** A rule that speaks while a field of the secondary is not what it should be. */
const wants = (
  id: string,
  field: (config: Config) => Field<string>,
  value: string,
  more: Partial<Problem> = {},
): Rule => ({
  id,
  severity: "warning",
  summary: "",
  fix: "safe",
  *check({ secondary }) {
    const { at, text } = field(secondary);
    if (text === value) return;
    const fix = { title: "", safe: true, edits: [setText(field(secondary), value)] };
    yield { at, message: "", subject: id, fix, ...more };
  },
});

const offers = (
  id: string,
  edits: (secondary: Config, primary: Config) => readonly DraftEdit[],
  more: Partial<Rule> = {},
): Rule => ({
  id,
  severity: "warning",
  summary: "",
  fix: "safe",
  *check({ primary, secondary }) {
    const fix = { title: "", safe: true, edits: edits(secondary, primary) };
    yield { at: secondary.system.at, message: "", subject: id, fix };
  },
  ...more,
});

const fix = (chosen: readonly Rule[], settings: FixSettings = {}, files: Files = small): Promise<FixOutcome> =>
  fixCluster(clusterFrom(files), chosen, {}, settings);

const appliedIn = ({ applied }: FixOutcome): readonly string[] => applied.map(({ rule }) => rule);

describe("chooses", () => {
  const bad = change(small, "secondary", /<advskew>100/g, "<advskew>0");

  test("safe fixes in the secondary, and lints until none is left", async () => {
    const outcome = await fix(rules, {}, bad);
    expect(new Set(appliedIn(outcome))).toEqual(new Set(["carp-advskew-order"]));
    expect(outcome.secondary.after.source.text).toBe(small.secondary);
    expect(outcome.primary.after).toBe(outcome.primary.before);
    expect(outcome.after.diagnostics).toEqual([]);
    expect(outcome.before.diagnostics.length).toBeGreaterThan(0);
  });

  test("unsafe ones if asked", async () => {
    const unsafe: Rule = {
      ...wants("a", hostname, "x", { fix: undefined }),
      fix: "unsafe",
      *check({ secondary }) {
        if (hostname(secondary).text === "x") return;
        const draft = { title: "", safe: false, edits: [setText(hostname(secondary), "x")] };
        yield { at: hostname(secondary).at, message: "", subject: "a", fix: draft };
      },
    };
    expect(appliedIn(await fix([unsafe]))).toEqual([]);
    expect(appliedIn(await fix([unsafe], { unsafe: true }))).toEqual(["a"]);
  });

  test("those of some rules, and of wanted diagnostics", async () => {
    const both = [wants("a", hostname, "x"), wants("b", domain, "y")];
    expect(appliedIn(await fix(both, { only: new Set(["b"]) }))).toEqual(["b"]);
    expect(appliedIn(await fix(both, { wanted: ({ subject }) => subject !== "b" }))).toEqual(["a"]);
  });

  test("fixes that stay in the files that may be edited, whole", async () => {
    const onBoth: Rule = {
      ...wants("a", hostname, "x"),
      *check({ primary, secondary }) {
        if (hostname(primary).text === "x") return;
        const edits = [setText(hostname(primary), "x"), setText(domain(secondary), "y.example")];
        yield { at: hostname(primary).at, message: "", subject: "a", fix: { title: "", safe: true, edits } };
      },
    };
    for (const nodes of [["secondary"], ["primary"]] as const) {
      const outcome = await fix([onBoth], { nodes });
      expect(appliedIn(outcome)).toEqual([]);
      expect(outcome.secondary.after).toBe(outcome.secondary.before);
    }
    const outcome = await fix([onBoth], { nodes: ["primary", "secondary"] });
    expect(hostname(outcome.primary.after).text).toBe("x");
    expect(domain(outcome.secondary.after).text).toBe("y.example");
  });

  test("nothing in a pair that pfSense would not load", async () => {
    const broken = change(small, "primary", "</pfsense>", "");
    const outcome = await fix([...rules, wants("a", hostname, "x")], {}, broken);
    expect(outcome.before.readable).toBe(false);
    expect(outcome.secondary.after).toBe(outcome.secondary.before);
  });
});

describe("makes them together", () => {
  test("the worse one first where two collide, the other one as it is proposed afterwards", async () => {
    const later: Rule = {
      ...wants("z", hostname, "x"),
      severity: "error",
    };
    const earlier: Rule = {
      ...wants("a", hostname, "xy"),
      *check({ secondary }) {
        const field = hostname(secondary);
        if (field.text === "xy") return;
        const draft = { title: "", safe: true, edits: [setText(field, `${field.text === "x" ? "x" : "no"}y`)] };
        yield { at: field.at, message: "", subject: "a", fix: draft };
      },
    };
    const settled: Rule = {
      ...later,
      *check(cluster, context) {
        if (hostname(cluster.secondary).text !== "xy") yield* later.check(cluster, context);
      },
    };
    const outcome = await fix([earlier, settled]);
    expect(appliedIn(outcome)).toEqual(["z", "a"]);
    expect(hostname(outcome.secondary.after).text).toBe("xy");
  });

  test("an absent section comes once, whichever rules ask for it", async () => {
    const inNew = (id: string): Rule =>
      wants(id, ({ tree }) => new Field(tree.section("newsection"), id, "text", (text) => text), "1");
    const outcome = await fix([inNew("a"), inNew("b"), inNew("c")]);
    expect(outcome.secondary.after.tree.section("newsection").children.map(({ name }) => name)).toEqual([
      "a",
      "b",
      "c",
    ]);
  });

  test("entries of one list in one round", async () => {
    const adds = (tracker: string): Rule => ({
      ...wants(tracker, hostname, "x"),
      *check({ secondary }) {
        if (secondary.rules.some(({ tree }) => tree.textOf("tracker") === tracker)) return;
        const rule = { name: "rule", value: [{ name: "tracker", value: tracker }] };
        const edits = [insert(secondary.tree.section("filter"), rule)];
        yield {
          at: secondary.tree.section("filter").open,
          message: "",
          subject: tracker,
          fix: { title: "", safe: true, edits },
        };
      },
    });
    let rounds = 0;
    const counting: Rule = {
      ...wants("z", hostname, "x"),
      check: () => {
        rounds++;
        return [];
      },
    };
    const outcome = await fix([adds("1"), adds("2"), adds("3"), counting]);
    expect(outcome.secondary.after.rules.slice(-3).map(({ tree }) => tree.textOf("tracker"))).toEqual(["1", "2", "3"]);
    expect(rounds).toBe(2);
  });

  test("the marks say where the text of each rule ended up", async () => {
    const outcome = await fix([
      wants("a", domain, "a-much-longer.example"),
      wants("b", hostname, "node"),
      {
        ...wants("c", ({ tree }) => new Field(tree.section("system"), "zz", "text", (text) => text), "1"),
        notApplicable: ({ secondary }) => (hostname(secondary).text === "node" ? undefined : "later"),
      },
    ]);
    const { after, marks } = outcome.secondary;
    expect(marks.map(({ rule, start, end }) => [rule, after.source.text.slice(start, end).trim()])).toEqual([
      ["b", "node"],
      ["a", "a-much-longer.example"],
      ["c", "<zz>1</zz>"],
    ]);
  });
});

/** A rule that speaks while its condition on the secondary holds. */
const speaks = (
  id: string,
  severity: Severity,
  when: (secondary: Config) => boolean,
  more: Partial<Rule> = {},
): Rule => ({
  id,
  severity,
  summary: "",
  fix: "none",
  *check({ secondary }) {
    if (when(secondary)) yield { at: secondary.system.at, message: `${id} speaks`, subject: id, help: "" };
  },
  ...more,
});

describe("leaves out a fix that would bring up another problem", () => {
  const renamed = (config: Config): boolean => hostname(config).text === "x";
  const moved = (config: Config): boolean => domain(config).text === "y";
  const a = wants("a", hostname, "x");
  const b = wants("b", domain, "y");
  const left = ({ leftOut }: FixOutcome): readonly string[] =>
    leftOut.map(({ diagnostic, because }) => `${diagnostic.rule}: ${because.map(({ rule }) => rule).join()}`);

  test("and makes the others", async () => {
    const outcome = await fix([a, b, speaks("harm", "warning", renamed)]);
    expect(appliedIn(outcome)).toEqual(["b"]);
    expect(left(outcome)).toEqual(["a: harm"]);
    expect(hostname(outcome.secondary.after).text).toBe(hostname(outcome.secondary.before).text);
    expect(outcome.after.diagnostics.map(({ rule }) => rule)).toEqual(["a"]);
  });

  test("each of several, with what it would bring up", async () => {
    const others = ["c", "d", "e", "f", "g"].map((id) =>
      wants(id, ({ tree }) => new Field(tree.section("system"), id, "text", (text) => text), "1"),
    );
    const outcome = await fix([a, b, ...others, speaks("h1", "error", renamed), speaks("h2", "warning", moved)]);
    expect(new Set(left(outcome))).toEqual(new Set(["a: h1", "b: h2"]));
    expect(new Set(appliedIn(outcome))).toEqual(new Set(others.map(({ id }) => id)));
  });

  test("the one of the milder problem, where two of them bring it up together", async () => {
    const both = speaks("harm", "error", (config) => renamed(config) && moved(config));
    expect(left(await fix([{ ...a, severity: "info" }, { ...b, severity: "error" }, both]))).toEqual(["a: harm"]);
  });

  test("not where another fix takes that away", async () => {
    const outcome = await fix([a, b, speaks("harm", "error", (config) => renamed(config) && !moved(config))]);
    expect(left(outcome)).toEqual([]);
    expect(new Set(appliedIn(outcome))).toEqual(new Set(["a", "b"]));
  });

  test("not for what another fix takes away, where a third one does harm", async () => {
    const ofC = wants("c", ({ tree }) => new Field(tree.section("system"), "c", "text", (text) => text), "1");
    const c: Rule = { ...ofC, severity: "info" };
    const added = speaks("added", "error", ({ tree }) => tree.section("system").has("c"));
    const between = speaks("between", "error", (config) => renamed(config) && !moved(config));
    expect(left(await fix([a, b, c, between, added]))).toEqual(["c: added"]);
  });

  test("not where its own problem is worse", async () => {
    const outcome = await fix([{ ...a, severity: "error" }, speaks("harm", "warning", renamed)]);
    expect(left(outcome)).toEqual([]);
    expect(outcome.after.diagnostics.map(({ rule }) => rule)).toEqual(["harm"]);
  });

  test("naming no milder one", async () => {
    const outcome = await fix([a, speaks("info", "info", renamed), speaks("error", "error", renamed)]);
    expect(left(outcome)).toEqual(["a: error"]);
  });

  test("not where the rule did not apply before", async () => {
    const later = speaks("later", "error", renamed, {
      notApplicable: ({ secondary }) => (renamed(secondary) ? undefined : "not yet"),
    });
    expect(left(await fix([a, later]))).toEqual([]);
  });

  test("not where the problem was there under another name, or on the other node", async () => {
    const names: Rule = speaks("names", "error", () => false, {
      *check({ secondary }) {
        const { at, text } = hostname(secondary);
        yield { at, message: "", subject: `host/${text}`, help: "" };
      },
    });
    const spreads: Rule = speaks("spreads", "error", () => false, {
      *check({ primary, secondary }) {
        const places = renamed(secondary) ? [domain(primary), domain(secondary)] : [domain(primary)];
        for (const { at } of places) yield { at, message: "", subject: "domain", help: "" };
      },
    });
    const outcome = await fix([a, names, spreads]);
    expect(left(outcome)).toEqual([]);
    expect(outcome.after.diagnostics.map(({ rule }) => rule)).toEqual(["spreads", "names", "spreads"]);
  });

  test("not where a safe fix that was not asked for remains, as after a change that sync carries on", async () => {
    const follows = wants("follows", domain, "y");
    const afterwards: Rule = {
      ...follows,
      *check(cluster, context) {
        if (renamed(cluster.secondary)) yield* follows.check(cluster, context);
      },
    };
    const outcome = await fix([a, afterwards], { only: new Set(["a"]) });
    expect(left(outcome)).toEqual([]);
    expect(outcome.after.diagnostics.map(({ rule }) => rule)).toEqual(["follows"]);
  });

  test("once more, if fixes are asked for again", async () => {
    const all = [a, b, speaks("harm", "warning", renamed)];
    const { secondary } = await fix(all);
    const again = await fix(all, {}, { primary: small.primary, secondary: secondary.after.source.text });
    expect(again.applied).toEqual([]);
    expect(left(again)).toEqual(["a: harm"]);
  });
});

describe("hands out nothing", () => {
  test("if rules undo each other's work", async () => {
    const fights = [wants("a", hostname, "x"), wants("b", hostname, "y")];
    await expect(fix(fights)).rejects.toThrow(new Rejected("the fixes of a come to no end"));
  });

  test("if a fix changes nothing", async () => {
    const idle = offers("idle", (secondary) => [setText(hostname(secondary), hostname(secondary).text)]);
    await expect(fix([idle])).rejects.toThrow(new Rejected("the fixes of idle come to no end"));
  });

  test.for<[string, (secondary: Config) => DraftEdit, string]>([
    ["breaks the file", (secondary) => ({ at: hostname(secondary).at, text: "<" }), "a file would not load any more"],
    [
      "doubles an element",
      ({ source, system }) => ({ at: source.span(system.tree.whole.end, system.tree.whole.end), text: "<system/>" }),
      "a file would not load any more",
    ],
    [
      "reaches outside itself",
      (secondary) => ({ at: hostname(secondary).at, text: "x</hostname><!--" }),
      "a file would not load any more",
    ],
    [
      "turns elements into a comment",
      ({ source, tree }) => {
        const from = tree.path("system/domain").whole.start;
        return { at: source.span(from, from), text: "<!--" };
      },
      "a file would not load any more",
    ],
    [
      "closes its element and opens a twin",
      (secondary) => ({ at: hostname(secondary).at, text: "x</hostname><other>y</other><h>" }),
      "a file would not load any more",
    ],
    [
      "goes around what follows",
      ({ tree, source }) => {
        const { start, end } = tree.path("system/hostname").whole;
        return { at: source.span(start, end), text: "<hostname>x</hostname></system><newsystem>" };
      },
      "a file would not load any more",
    ],
  ])("if an edit %s", async ([, edit, message]) => {
    const broken = offers("a", (secondary) => [edit(secondary)], {
      notApplicable: ({ secondary }) => (secondary.source.text === small.secondary ? undefined : "done"),
    });
    await expect(fix([broken])).rejects.toThrow(message);
  });

  test("if an edit moves what is not its own, though the file loads", async () => {
    const moves = offers(
      "a",
      ({ tree, source }) => {
        const { end } = tree.path("system/hostname").whole;
        const close = tree.section("system").whole.end;
        return [
          { at: source.span(end, end), text: "</system><newsystem>" },
          { at: source.span(close - "</system>".length, close), text: "</newsystem>" },
        ];
      },
      { notApplicable: ({ secondary }) => (secondary.source.text === small.secondary ? undefined : "done") },
    );
    await expect(fix([moves])).rejects.toThrow(
      /^secondary\.xml: something outside the edits would change, at line \d+, column \d+ of the new text$/,
    );
  });
});

test("fixing never touches what no edit touches", async () => {
  const crlf: Files = {
    primary: small.primary.replaceAll("\n", "\r\n"),
    secondary: `${change(small, "secondary", /<advskew>100/g, "<ADVSKEW>0")
      .secondary.replaceAll("\n", "\r\n")
      .replaceAll("</advskew>", "</ADVSKEW>")
      .trimEnd()}<!-- end -->`,
  };
  const { secondary, after } = await fix(rules, {}, crlf);
  expect(secondary.after.source.text).toBe(crlf.secondary.replaceAll("<ADVSKEW>0", "<ADVSKEW>100"));
  expect(after.diagnostics.filter((one) => one.fix)).toEqual([]);
});

test("removing works through the whole road", async () => {
  const extra = change(small, "secondary", "\t<hasync>\n", "\t<extra>1</extra>\n\t<hasync>\n");
  const drops: Rule = {
    ...wants("a", hostname, "x"),
    *check({ secondary }) {
      const { tree } = secondary;
      if (!tree.has("extra")) return;
      yield {
        at: tree.open,
        message: "",
        subject: "a",
        fix: { title: "", safe: true, edits: [remove(tree.section("extra"))] },
      };
    },
  };
  expect((await fix([drops], {}, extra)).secondary.after.source.text).toBe(small.secondary);
});

test("the report afterwards is that of the new files", async () => {
  const { after, secondary } = await fix([wants("a", hostname, "x")]);
  const again: Report = await lintFiles({ primary: small.primary, secondary: secondary.after.source.text }, [
    wants("a", hostname, "x"),
  ]);
  expect(after.diagnostics).toEqual(again.diagnostics);
  expect(after.secondary.name).toBe("x.brook.example");
});

test("a file of ASCII alone is looked at anew when a fix brings other characters", async () => {
  const { secondary } = await fix([wants("a", domain, "b\u00fcro.example")]);
  expect(secondary.before.source.isAscii).toBe(true);
  expect(secondary.after.source.isAscii).toBe(false);
});
