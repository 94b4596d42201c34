import { expect, test } from "vitest";
import { vipUniqidMatch as rule } from "../../src/rules/vip-uniqid-match.ts";
import { addSections, lanVip, wanVip } from "../support/bindings.ts";
import { change, type Files, fixed, report, small } from "../support/pair.ts";
import { addVip, setVip, withoutVipSync } from "../support/vips.ts";

const old = "5f00000000002";
const renamed = setVip(small, "secondary", 2, "uniqid", old);

test("says nothing where the primary has no uniqid to go by", async () => {
  expect(await report(rule, setVip(small, "primary", 2, "uniqid", undefined))).toBe("");
});

test("writes a uniqid where the secondary has none", async () => {
  const bare = setVip(small, "secondary", 2, "uniqid", "");
  expect(await report(rule, bare)).toContain("found none");
  expect(await fixed(rule, bare)).toEqual(small);
});

test("rewrites every reference of the secondary: alone, in lists, with a suffix, in CDATA, and no other text", async () => {
  const references = (uniqid: string, untouched = old): string =>
    `<ntpd><interface>lan,_vip${uniqid},lo0</interface></ntpd>` +
    `<dhcrelay><carpstatusvip>_vip${uniqid}</carpstatusvip></dhcrelay>` +
    `<installedpackages><haproxy><config><addr>_vip${uniqid}_ipv4</addr><descr><![CDATA[_vip${uniqid} & more]]></descr>` +
    `<other>_vip${untouched}7 ${untouched}</other></config></haproxy></installedpackages>`;
  const files = addSections(renamed, "secondary", references(old));
  expect(await fixed(rule, files)).toEqual(addSections(small, "secondary", references(lanVip, old)));
});

test("keeps stacked IP aliases on their VIP", async () => {
  const alias = { mode: "ipalias", uniqid: "64b00000000a1", subnet: "192.168.7.20" } as const;
  const both = (uniqid: string): Files =>
    addVip(addVip(small, "primary", { ...alias, interface: `_vip${lanVip}` }), "secondary", {
      ...alias,
      interface: `_vip${uniqid}`,
    });
  expect(await fixed(rule, setVip(both(old), "secondary", 2, "uniqid", old))).toEqual(both(lanVip));
});

test("never touches a secret", async () => {
  const secret = `<installedpackages><x><password>_vip${old}</password></x></installedpackages>`;
  const files = addSections(renamed, "secondary", secret);
  expect((await fixed(rule, files)).secondary).toContain(`<password>_vip${old}</password>`);
});

test.for([
  [
    "the two uniqids are exchanged",
    setVip(setVip(small, "secondary", 1, "uniqid", lanVip), "secondary", 2, "uniqid", wanVip),
  ],
  ["virtual IPs are not synced", withoutVipSync(renamed)],
  ["nothing is synced", change(renamed, "primary", /<synchronizetoip>.*?<\/synchronizetoip>/, "")],
  ["the primary's is no name", setVip(renamed, "primary", 2, "uniqid", "a b")],
] as const)("offers no fix when %s", async ([, files]) => {
  const found = await report(rule, files);
  expect(found).toContain(rule.id);
  expect(found).not.toContain("fix:");
});
