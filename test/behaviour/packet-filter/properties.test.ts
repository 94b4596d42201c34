import fc from "fast-check";
import { expect, test } from "vitest";
import { filterOf, type Packet } from "../../../src/behaviour/packet-filter/index.ts";
import { RangeSet } from "../../../src/behaviour/packet-filter/ranges.ts";
import { alias, ip, node, type RuleParts, rule } from "../../support/filter.ts";

/** Few values of everything, so that rules and packets meet. */
const places = ["10.0.0.1", "10.0.0.9", "10.0.1.1", "192.168.1.50", "198.51.100.77"];
const ends = [
  "<any></any>",
  "<network>lan</network>",
  "<network>(self)</network>",
  "<address>10.0.0.0/24</address>",
  "<address>hosts</address>",
  "<address>10.0.0.1</address>",
  "<address>table</address>",
  "<address>gone</address>",
];
const aliases =
  alias("hosts", "host", "10.0.0.9 198.51.100.77") + alias("table", "urltable", "https://lists.example/x");

const anEnd = fc.tuple(fc.constantFrom(...ends), fc.boolean()).map(([end, not]) => (not ? `${end}<not></not>` : end));
const aRule: fc.Arbitrary<RuleParts> = fc.record({
  type: fc.constantFrom("pass", "block", "reject", "match"),
  interface: fc.constantFrom("lan", "wan"),
  ipprotocol: fc.constantFrom("inet", "inet6", "inet46"),
  protocol: fc.constantFrom("tcp", "udp", "tcp/udp", "any"),
  source: anEnd,
  destination: fc
    .tuple(anEnd, fc.constantFrom("", "<port>80</port>", "<port>1-100</port>"))
    .map((parts) => parts.join("")),
  more: fc.constantFrom(
    "",
    "",
    "<floating>yes</floating>",
    "<floating>yes</floating><quick></quick>",
    "<floating>yes</floating><direction>out</direction>",
  ),
});
const aPacket = fc.record({
  interface: fc.constantFrom("lan", "wan"),
  direction: fc.constantFrom("in" as const, "out" as const),
  protocol: fc.constantFrom("tcp", "udp"),
  source: fc.constantFrom(...places).map(ip),
  destination: fc.constantFrom(...places).map(ip),
  port: fc.constantFrom(80, 443),
});
const aSet = fc.array(aRule, { maxLength: 6 });

const verdictOf = (rules: readonly string[], asked: Packet) =>
  filterOf(node({ rules: rules.join(""), aliases })).decide(asked);

/** The rules with one more somewhere among them. */
const inserted = (rules: readonly RuleParts[], where: number, more: RuleParts): readonly string[] => {
  const all = rules.map(rule);
  all.splice(where % (all.length + 1), 0, rule(more));
  return all;
};

test("a disabled rule never changes a verdict", () => {
  fc.assert(
    fc.property(aSet, aRule, fc.nat(), aPacket, (rules, more, where, asked) => {
      const disabled = { ...more, more: `${more.more ?? ""}<disabled></disabled>` };
      expect(verdictOf(inserted(rules, where, disabled), asked).verdict).toBe(
        verdictOf(rules.map(rule), asked).verdict,
      );
    }),
  );
});

test("nor does a rule on another interface", () => {
  fc.assert(
    fc.property(aSet, aRule, fc.nat(), aPacket, (rules, more, where, asked) => {
      const elsewhere = { ...more, interface: asked.interface === "lan" ? "wan" : "lan" };
      expect(verdictOf(inserted(rules, where, elsewhere), asked).verdict).toBe(
        verdictOf(rules.map(rule), asked).verdict,
      );
    }),
  );
});

test("nor does a rule that only matches", () => {
  fc.assert(
    fc.property(aSet, aRule, fc.nat(), aPacket, (rules, more, where, asked) => {
      expect(verdictOf(inserted(rules, where, { ...more, type: "match" }), asked).verdict).toBe(
        verdictOf(rules.map(rule), asked).verdict,
      );
    }),
  );
});

test("a quick rule for everything decides in front, whatever follows", () => {
  fc.assert(
    fc.property(aSet, fc.constantFrom("pass", "block"), aPacket, (rules, type, asked) => {
      const first = {
        interface: asked.interface,
        type,
        ipprotocol: "inet",
        more: "<floating>yes</floating><quick></quick>",
      };
      expect(verdictOf([rule(first), ...rules.map(rule)], asked)).toMatchObject({ verdict: type, rule: { index: 0 } });
    }),
  );
});

test("a floating rule that is not quick decides only where no rule of an interface matches", () => {
  fc.assert(
    fc.property(
      fc.array(
        aRule.map((parts) => ({ ...parts, more: "" })),
        { maxLength: 5 },
      ),
      aPacket,
      (rules, asked) => {
        const without = verdictOf(rules.map(rule), asked);
        const found = verdictOf(
          [...rules.map(rule), rule({ interface: asked.interface, type: "block", more: "<floating>yes</floating>" })],
          asked,
        );
        if (without.verdict !== "unknown" && without.rule) expect(found.label).toBe(without.label);
        else if (without.automatic) expect(found.verdict).toBe("block");
      },
    ),
  );
});

test("negation turns every answer round, except that any is never negated", () => {
  fc.assert(
    fc.property(fc.constantFrom(...ends.slice(1)), aPacket, (end, asked) => {
      const packet = { ...asked, direction: "in" as const };
      const parts = { interface: packet.interface, ipprotocol: "inet", source: end };
      const filter = filterOf(node({ rules: rule(parts) + rule({ ...parts, source: `${end}<not></not>` }), aliases }));
      const config = node({ rules: rule(parts), aliases });
      const plain = filterOf(config).isMatchedBy(config.rules[0]!, packet);
      const negated = node({ rules: rule({ ...parts, source: `${end}<not></not>` }), aliases });
      const turned = filterOf(negated).isMatchedBy(negated.rules[0]!, packet);
      if (filter.leftOut.length > 0) expect([plain, turned]).toEqual([false, false]);
      else expect(turned).toBe(typeof plain === "string" ? plain : !plain);
    }),
  );
});

test("the decision is the same when asked again, and in another order", () => {
  fc.assert(
    fc.property(aSet, fc.array(aPacket, { minLength: 2, maxLength: 5 }), (rules, packets) => {
      const config = node({ rules: rules.map(rule).join(""), aliases });
      const forward = packets.map((asked) => filterOf(config).decide(asked));
      const again = node({ rules: rules.map(rule).join(""), aliases });
      const backward = packets
        .toReversed()
        .map((asked) => filterOf(again).decide(asked))
        .toReversed();
      expect(backward.map(({ why }) => why)).toEqual(forward.map(({ why }) => why));
    }),
  );
});

test("a set of ranges holds what any of them holds", () => {
  const aRange = fc
    .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }))
    .map(([first, last]) => ({ first, last }));
  fc.assert(
    fc.property(fc.array(aRange), fc.integer({ min: -1, max: 61 }), (ranges, value) => {
      expect(new RangeSet(ranges).has(value)).toBe(ranges.some(({ first, last }) => first <= value && value <= last));
    }),
  );
});
