import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutUserInfo } from "../../src/model/secret.ts";
import { secretSpans, secretSpansOfLines } from "../../src/model/secret-spans.ts";
import { parseXml } from "../../src/parser/xml.ts";
import { Source } from "../../src/source.ts";

/** What is meant, as a pattern; too slow for long texts. */
const pattern = /[^\s<>/@:[\]]+:(?!\/\/)[^\s<>@]+@/g;

test.for([
  ["https://joe:pass@host.example/x", "https://••@host.example/x"],
  ["joe:pa:ss/w@host, other:pw@host2", "••@host, ••@host2"],
  ["joe@host.example", "joe@host.example"],
  ["https://host.example:443/@x", "https://••@x"],
  ["[2001:db8::1]:22", "[2001:db8::1]:22"],
  ["a:b@c:d@e", "••@••@e"],
  [":pass@host", ":pass@host"],
  ["joe:@host", "joe:@host"],
  ["<url>joe:pass@host</url>", "<url>••@host</url>"],
] as const)("shows %j without user and password", ([text, shown]) => {
  expect(withoutUserInfo(text, "••")).toBe(shown);
});

test("hides what the pattern says, in any text", () => {
  const pieces = fc.constantFrom("a", "b", ":", "/", "@", "[", "]", "<", ">", " ", "\n", "\u00a0", "é", "😀");
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 24 }), (parts) => {
      const text = parts.join("");
      expect(withoutUserInfo(text, "••")).toBe(text.replace(pattern, "••@"));
    }),
    { numRuns: 5000 },
  );
});

test.for(["a", "a:", "a.", "a@", ":@", "a:b@", "@:", "[a:", " a", "a=", "a >", "a<", "/:", "<a", "a:/", '="'])(
  "a long text of %j takes no longer for each of its letters",
  (part) => {
    const text = part.repeat(1e6);
    const source = new Source("a.xml", text);
    expect(withoutUserInfo(text)).toBeTypeOf("string");
    expect(secretSpans(parseXml(source), 0, text.length)).toBeInstanceOf(Array);
    expect(secretSpansOfLines(source, 0, text.length)).toBeInstanceOf(Array);
  },
);
