import { expect, test } from "vitest";
import { proxmoxSegmentMatch as rule } from "../../src/rules/proxmox-segment-match.ts";
import { change, readFiles, report, type WiredFiles } from "../support/pair.ts";

/** On the primary the bridge puts lan into a VLAN; on the secondary the node does, on the card of wan. */
function trunk(tag: number): WiredFiles {
  const pair = readFiles("rules/proxmox-host-apart/bad-one-host");
  const vlan = "<vlans><vlan><if>vtnet0</if><tag>30</tag><vlanif>vtnet0.30</vlanif></vlan></vlans></pfsense>";
  const files = change(
    change(pair, "secondary", "<if>vtnet1</if>", "<if>vtnet0.30</if>"),
    "secondary",
    "</pfsense>",
    vlan,
  );
  const proxmox = Object.entries(files.proxmox ?? {}).map(([path, content]) => {
    return [path, path.endsWith("101.conf") ? content.replace("bridge=vmbr1140", `bridge=vmbr10,tag=${tag}`) : content];
  });
  return { ...files, proxmox: Object.fromEntries(proxmox) };
}

test("accepts one VLAN, whether the bridge or the node puts its tag on", async () => {
  expect(await report(rule, trunk(30))).toBe("");
});

test("reports two VLANs of one bridge", async () => {
  expect(await report(rule, trunk(31))).toContain("expected vmbr10 with tag 31 as on the primary, found vmbr10");
});
