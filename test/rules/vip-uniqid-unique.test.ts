import { expect, test } from "vitest";
import { vipUniqidUnique as rule } from "../../src/rules/vip-uniqid-unique.ts";
import { lanVip } from "../support/bindings.ts";
import { report, small } from "../support/pair.ts";
import { addVip, setVip } from "../support/vips.ts";

test("an empty uniqid is none, and the place is the empty field", async () => {
  expect(await report(rule, setVip(small, "primary", 2, "uniqid", ""))).toMatch(
    /^primary\.xml:209:12: warning: VHID 2 on lan: expected a uniqid of its own, found none/,
  );
});

test("an IP alias counts as a CARP VIP does, and the later one is reported", async () => {
  const files = addVip(small, "secondary", { mode: "ipalias", uniqid: lanVip, subnet: "192.168.7.20" });
  const found = await report(rule, files);
  expect(found).toContain(
    `IP alias 192.168.7.20: expected a uniqid of its own, found ${lanVip}, that of VHID 2 on lan`,
  );
  expect(found.match(/: warning: /g)).toHaveLength(1);
});

test("each of three is told about the first", async () => {
  const one = addVip(small, "primary", { mode: "ipalias", uniqid: lanVip, subnet: "192.168.7.20" });
  const found = await report(rule, addVip(one, "primary", { mode: "ipalias", uniqid: lanVip, subnet: "192.168.7.21" }));
  expect(found.match(/that of VHID 2 on lan/g)).toHaveLength(2);
});

test("the same uniqid on both nodes is as it should be, and other modes need none", async () => {
  expect(await report(rule, small)).toBe("");
  const proxy = addVip(small, "both", { mode: "proxyarp", uniqid: lanVip, subnet: "192.168.7.20" });
  expect(await report(rule, addVip(proxy, "both", { mode: "other", uniqid: lanVip, subnet: "192.168.7.21" }))).toBe("");
});
