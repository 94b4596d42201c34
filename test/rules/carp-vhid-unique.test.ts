import { expect, test } from "vitest";
import { carpVhidUnique as rule } from "../../src/rules/carp-vhid-unique.ts";
import { change, type Files, report, small } from "../support/pair.ts";
import { addInterface, addVip } from "../support/vips.ts";

/** VHID 2 on lan and on opt2. */
const twice = (files: Files): Files => addVip(files, "both", { interface: "opt2", vhid: "2", subnet: "192.168.8.1" });
const separate = twice(addInterface(small));
const overlapping = twice(addInterface(small, "", "192.168.7"));
const oneDevice = change(separate, "both", "<if>igb3</if>", "<if>igb1</if>");

test.for([
  ["two VHIDs on one interface", addVip(small, "both", { subnet: "192.168.7.9" })],
  [
    "VIPs without a VHID, which carp-value-range reports",
    change(
      change(addVip(small, "both", { subnet: "192.168.7.9" }), "both", "<vhid>2<", "<vhid><"),
      "both",
      "<vhid>9<",
      "<vhid><",
    ),
  ],
  [
    "a bridge that has one of the two",
    change(separate, "both", "</hasync>", "</hasync><bridges><bridged><members>lan,wan</members></bridged></bridges>"),
  ],
  [
    "a bridge that has the other of the two",
    change(separate, "both", "</hasync>", "</hasync><bridges><bridged><members>opt2,wan</members></bridged></bridges>"),
  ],
  ["an earlier interface that is off", change(overlapping, "both", /<lan>\s*<enable><\/enable>\s*<if>/, "<lan><if>")],
  ["an overlapping interface that is off", change(overlapping, "both", /<opt2>\s*<enable><\/enable>/, "<opt2>")],
  [
    "two interfaces without a device",
    change(change(separate, "both", "<if>igb3</if>", ""), "both", "<if>igb1</if>", ""),
  ],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  ["one device", oneDevice, "on lan, which is the same device"],
  ["overlapping networks", overlapping, "on lan, whose network overlaps"],
  [
    "overlapping IPv6 networks",
    twice(
      addInterface(
        change(small, "both", /(<if>igb1<\/if>)/, "$1<ipaddrv6>2001:db8:7::1</ipaddrv6><subnetv6>64</subnetv6>"),
        "<ipaddrv6>2001:db8:7::2</ipaddrv6><subnetv6>64</subnetv6>",
      ),
    ),
    "on lan, whose network overlaps",
  ],
] as const)("reports %s", async ([, files, where]) => {
  expect(await report(rule, files)).toContain(`found that of 192.168.7.1 ${where}`);
});

test("looks at each node alone", async () => {
  const found = await report(rule, change(separate, "secondary", "<if>igb3</if>", "<if>igb1</if>"));
  expect(found).toMatch(/^secondary.xml:\d+:\d+: error/);
  expect(found).not.toMatch(/^primary.xml/m);
});

test("reports a third VIP once", async () => {
  const first = addVip(small, "primary", { vhid: "2", subnet: "192.168.7.8" });
  const files = addVip(first, "primary", { vhid: "2", subnet: "192.168.7.9" });
  expect((await report(rule, files)).match(/: error:/g)).toHaveLength(2);
});
