import { expect, test } from "vitest";
import { kernelPassword } from "../../src/behaviour/carp-password.ts";
import { Secret } from "../../src/model/secret.ts";

const key = (text: string): Secret => kernelPassword(new Secret(text));

test.for([
  ["spaces are removed", "a secret word", "asecretword"],
  ["what follows the 19th byte is cut off", "1234567890123456789abc", "1234567890123456789xyz"],
  ["spaces do not count among the 19", "12345 67890 12345 6789", "1234567890123456789x"],
  ["the backslash before a quote counts", `1234567890'12345678`, `1234567890'12345679`],
  ["a character that the cut splits keeps its first byte", "123456789012345678é", "123456789012345678è"],
] as const)("%s", ([, one, other]) => {
  expect(key(one).equals(key(other))).toBe(true);
});

test.for([
  ["capitals count", "secret", "Secret"],
  ["the 19th byte counts", "1234567890123456789", "123456789012345678x"],
  ["other white space than the space stays", "a\tb", "ab"],
  ["a quote is not its absence", "a'b", "ab"],
  ["a backslash doubles", "a\\b", "a\\\\b"],
  ["bytes count, not characters", "ééééééééé1", "ééééééééé2"],
] as const)("%s", ([, one, other]) => {
  expect(key(one).equals(key(other))).toBe(false);
});

test("nothing but spaces is no key", () => {
  expect(key("   ").empty).toBe(true);
});

test("quotes and backslashes are escaped as addslashes() does", () => {
  expect(key(`a'b"c\\d`).equals(new Secret(`a\\'b\\"c\\\\d`))).toBe(true);
});
