import { expect, test } from "vitest";
import { interfaceVlanMatch as rule } from "../../src/rules/interface-vlan-match.ts";
import { change, type Files, report, small } from "../support/pair.ts";

const vlan = (files: Files, where: keyof Files, tag: string, device = `igb1.${tag}`): Files =>
  change(
    change(files, where, "<if>igb1</if>", `<if>${device}</if>`),
    where,
    "<hasync>",
    `<vlans><vlan><if>igb1</if><tag>${tag}</tag><vlanif>${device}</vlanif></vlan></vlans><hasync>`,
  );
const tags = (primary: string, secondary: string, device?: string) =>
  vlan(vlan(small, "primary", primary, device), "secondary", secondary);

test.for([
  ["other tags", tags("20", "30"), true],
  ["other tags, one of a device that an older release named", tags("20", "30", "igb1_vlan20"), true],
  ["the same tag", tags("20", "20"), false],
  ["the same tag under an older name", tags("20", "20", "igb1_vlan20"), false],
  ["a tag that cannot be read", tags("20", "4095"), false],
  ["other networks", change(tags("20", "30"), "secondary", "192.168.7.12</ipaddr>", "192.168.8.12</ipaddr>"), false],
  ["no static network", change(tags("20", "30"), "secondary", "192.168.7.12</ipaddr>", "dhcp</ipaddr>"), false],
] as const)("%s: %s", async ([, files, reported]) => {
  expect((await report(rule, files)).includes("expected VLAN tag 20 as on the primary, found 30")).toBe(reported);
});
