import { expect, test } from "vitest";
import { splitVlan } from "../../src/model/routing.ts";
import { configOf } from "../support/pair.ts";

test.for([
  ["igb0.20", "igb0", ".20"],
  ["lagg0.20.30", "lagg0.20", ".30"],
  ["igb7_vlan10", "igb7", "_vlan10"],
  ["igb0", undefined, undefined],
  ["lagg0", undefined, undefined],
  ["tun_wg0", undefined, undefined],
  ["igb0.", undefined, undefined],
  [".20", undefined, undefined],
] as const)("%s lies on %s", ([device, carrier, suffix]) => {
  expect(splitVlan(device)).toEqual(carrier && { carrier, suffix });
});

test.for([
  ["<if>igb0</if><tag>20</tag><vlanif>igb0.20</vlanif>", "igb0.20"],
  ["<if>igb7</if><tag>10</tag><vlanif>igb7_vlan10</vlanif>", "igb7_vlan10"],
  ["<if>igb0</if><tag>20</tag>", "igb0.20"],
] as const)("the device of %s is %s", ([vlan, device]) => {
  const { vlans } = configOf(`<pfsense><vlans><vlan>${vlan}</vlan></vlans></pfsense>`);
  expect(vlans.map((one) => one.device)).toEqual([device]);
});
