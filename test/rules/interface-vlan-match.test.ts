import { expect, test } from "vitest";
import { interfaceVlanMatch as rule } from "../../src/rules/interface-vlan-match.ts";
import { change, type Files, report, small } from "../support/pair.ts";

const vlan = (files: Files, where: keyof Files, tag: string): Files =>
  change(
    change(files, where, "<if>igb1</if>", `<if>igb1.${tag}</if>`),
    where,
    "<hasync>",
    `<vlans><vlan><if>igb1</if><tag>${tag}</tag><vlanif>igb1.${tag}</vlanif></vlan></vlans><hasync>`,
  );
const tags = (primary: string, secondary: string) => vlan(vlan(small, "primary", primary), "secondary", secondary);

test.for([
  ["other tags", tags("20", "30"), true],
  ["the same tag", tags("20", "20"), false],
  ["a tag that cannot be read", tags("20", "4095"), false],
  ["other networks", change(tags("20", "30"), "secondary", "192.168.7.12</ipaddr>", "192.168.8.12</ipaddr>"), false],
  ["no static network", change(tags("20", "30"), "secondary", "192.168.7.12</ipaddr>", "dhcp</ipaddr>"), false],
] as const)("%s: %s", async ([, files, reported]) => {
  expect((await report(rule, files)).includes("expected VLAN tag 20 as on the primary, found 30")).toBe(reported);
});
