import { expect, test } from "vitest";
import { type AcceptedEntry, editAccepted } from "../../src/cli/accepted.ts";

const a: AcceptedEntry = { rule: "version-match", subject: "version", reason: "an upgrade: # under way" };
const b: AcceptedEntry = {
  rule: "carp-advskew-order",
  cluster: "paris",
  subject: "vip/wan/1",
  reason: "r",
  until: "2027-06-30",
};

const yaml = `# ours
failOn: warning   # strict
accepted:
    # agreed with the network team
    - rule: version-match # here
      subject: 'one'
      reason: >
        folded
        text

    # the second
    - {rule: version-match, subject: two, reason: r}
    - subject: "three"
      rule: version-match
      reason: r # why
# behind
maxWarnings: 3
`;

test("puts entries behind the last one, indented like it, and changes nothing else", () => {
  expect(editAccepted(yaml, false, new Set(), [a, b])).toBe(
    yaml.replace(
      "# why\n",
      `# why
    - rule: version-match
      subject: version
      reason: "an upgrade: # under way"
    - rule: carp-advskew-order
      cluster: paris
      subject: vip/wan/1
      reason: r
      until: 2027-06-30
`,
    ),
  );
});

test.for([
  [0, / {4}- rule: version-match # here[\s\S]*?text\n/],
  [1, / {4}- \{rule.*\n/],
  [2, / {4}- subject: "three"[\s\S]*?# why\n/],
] as const)("takes out the lines of entry %i alone", ([index, lines]) => {
  expect(editAccepted(yaml, false, new Set([index]), [])).toBe(yaml.replace(lines, ""));
});

test("leaves an empty list where every entry goes, and can fill it again", () => {
  const emptied = editAccepted(yaml, false, new Set([0, 1, 2]), []);
  expect(emptied).toBe(yaml.replace(/accepted:[\s\S]*(?= # why)/, "accepted: []"));
  expect(editAccepted(emptied, false, new Set(), [a])).toContain("accepted:\n  - rule: version-match\n");
});

test.for([
  ["an empty file", "", "accepted:\n  - rule"],
  ["a file without the key", "failOn: info", "failOn: info\naccepted:\n  - rule"],
  ["an empty list", "accepted: []\nfailOn: info\n", "accepted:\n  - rule"],
  [
    "a list in brackets",
    "accepted: [ {rule: version-match, subject: s, reason: r} ]\n",
    'reason: r}, {"rule":"version-match"',
  ],
  [
    "a list without indentation",
    "accepted:\n- rule: x\n  subject: s\n  reason: r\nfailOn: info\n",
    "  reason: r\n- rule: version-match\n",
  ],
  [
    "a list at the end, without line break",
    "accepted:\n  - {rule: x, subject: s, reason: r}",
    "reason: r}\n  - rule: version-match\n",
  ],
] as const)("adds to %s", ([, text, expected]) => {
  expect(editAccepted(text, false, new Set(), [a])).toContain(expected);
});

test("keeps the line ends of a file written on Windows", () => {
  const result = editAccepted(yaml.replaceAll("\n", "\r\n"), false, new Set([1]), [a]);
  expect(result.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
});

const jsonc = `{
\t// ours
\t"accepted": [
\t\t{ "rule": "version-match", "subject": "one", "reason": "r" }, // first
\t\t{ "rule": "version-match", "subject": "two", "reason": "r" },
\t],
\t"failOn": "info"
}
`;

test("edits JSON with comments as JSON with comments", () => {
  expect(editAccepted(jsonc, true, new Set([0]), [])).toBe(jsonc.replace(/\{ "rule".*"one".*\n\t\t(?=\{)/, ""));
  expect(editAccepted(jsonc, true, new Set([1]), [a])).toContain('"reason": "r" },\n\t\t{"rule":"version-match"');
  expect(JSON.parse(editAccepted("{}", true, new Set(), [a, b])).accepted).toEqual([a, b]);
  expect(JSON.parse(editAccepted('{"failOn": "info"}', true, new Set(), [b]))).toEqual({
    failOn: "info",
    accepted: [b],
  });
  expect(JSON.parse(editAccepted('{"accepted": []}', true, new Set(), [b]))).toEqual({ accepted: [b] });
  expect(JSON.parse(editAccepted("", true, new Set(), [b]))).toEqual({ accepted: [b] });
});
