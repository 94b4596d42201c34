import { expect, test } from "vitest";
import { vipAliasOrder as rule } from "../../src/rules/vip-alias-order.ts";
import { wanVip } from "../support/bindings.ts";
import { change, configOf, type Files, fixed, report, small } from "../support/pair.ts";

const alias = (host: number, name = `_vip${wanVip}`): string =>
  `\t\t<vip>\n\t\t\t<mode>ipalias</mode>\n\t\t\t<interface>${name}</interface>\n\t\t\t<uniqid>a${host}</uniqid>\n` +
  `\t\t\t<descr></descr>\n\t\t\t<type>single</type>\n\t\t\t<subnet_bits>24</subnet_bits>\n\t\t\t<subnet>198.51.100.${host}</subnet>\n\t\t</vip>\n`;
const inFront = (...aliases: string[]): Files =>
  change(small, "primary", "\t<virtualip>\n", `\t<virtualip>\n${aliases.join("")}`);

test("moves every IP alias behind its VIP, and nothing else", async () => {
  const after = await fixed(rule, inFront(alias(20), alias(21)));
  const order = configOf(after.primary).vips.map(({ subnet }) => subnet.text);
  expect([order[0], order[3]]).toEqual(["198.51.100.10", "192.168.7.1"]);
  expect(order.slice(1, 3).sort()).toEqual(["198.51.100.20", "198.51.100.21"]);
  expect(await report(rule, after)).toBe("");
});

test("an IP alias of another VIP, or of none, may stand anywhere", async () => {
  expect(await report(rule, inFront(alias(20, "wan")))).toBe("");
  expect(await report(rule, inFront(alias(20, "_vip64bfffffffff1")))).toBe("");
});
