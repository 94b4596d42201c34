import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { plan } from "../../src/behaviour/plan.ts";
import { parseNodeFile } from "../../src/cli/node-file.ts";
import { Cluster } from "../../src/cluster/cluster.ts";
import { type Compiled, compileSecondary, intoLine } from "../../src/compile/compile.ts";
import type { NodeFacts } from "../../src/compile/facts.ts";
import { nodeTemplate } from "../../src/compile/template.ts";
import type { Config } from "../../src/model/config.ts";
import { toValue } from "../../src/model/value.ts";
import { rules } from "../../src/rules/index.ts";
import { Source } from "../../src/source.ts";
import { change, configOf, type Files, readFiles, root, small } from "../support/pair.ts";

const clean = ["clean", "dual-wan-vlan", "kea-24.5", "legacy-21.7"].map((name) => `conformance/clusters/${name}`);

const primaryOf = ({ primary }: Files): Config => configOf(primary, "primary.xml");
const secondaryOf = ({ secondary }: Files): Config => configOf(secondary, "secondary.xml");

const fromExport = (files: Files): Promise<Compiled> => compileSecondary(primaryOf(files), secondaryOf(files), rules);

/** What is left of the plan, and of the report. */
function left(primary: Config, { secondary, report }: Compiled): unknown {
  const planned = plan(new Cluster({ primary, secondary, from: "option" }));
  return {
    problems: report.diagnostics.map(({ rule }) => rule),
    willSync: planned.willSync,
    sections: planned.sections,
  };
}

const nothing = { problems: [], willSync: true, sections: [] };

/** The facts of a node as its own export tells them. */
function factsOf({ system, interfaces, hasync }: Config): NodeFacts {
  const admin = system.users.find(({ uid }) => uid.value === 0);
  const text = (key: string, address: string, bits: string): string => `${address}/${bits || key}`;
  return {
    hostname: system.hostname.text,
    domain: system.domain.text,
    interfaces: Object.fromEntries(
      interfaces.map((one) => [
        one.key,
        {
          ...(one.addressOf(4) && { address: text(one.key, one.ipaddr.text, one.subnet.text) }),
          ...(one.addressOf(6) && { address6: text(one.key, one.ipaddrv6.text, one.subnetv6.text) }),
          device: one.device.text,
        },
      ]),
    ),
    ...(!hasync.tree.section("pfhostid").isLeaf || hasync.tree.textOf("pfhostid") === ""
      ? {}
      : { pfhostid: hasync.tree.textOf("pfhostid") }),
    ...(admin && { adminPasswordHash: admin.tree.textOf("bcrypt-hash") }),
  };
}

type Json = { [name: string]: Json };

const heldBy = ({ tree, dialect }: Config): Json => JSON.parse(JSON.stringify(toValue(tree, dialect.isList))) as Json;

describe.each(clean)("%s", (folder) => {
  const files = readFiles(folder);
  const primary = primaryOf(files);

  test("with the secondary's export: not a byte changes, since nothing is wrong with it", async () => {
    const compiled = await fromExport(files);
    expect(compiled.secondary.source.text).toBe(files.secondary);
    expect(left(primary, compiled)).toEqual(nothing);
    expect(compiled.notes).toEqual([]);
  });

  test("with the secondary's facts: what pfSense itself made of this secondary", async () => {
    const compiled = await compileSecondary(primary, factsOf(secondaryOf(files)), rules);
    expect(left(primary, compiled)).toEqual(nothing);
    const [made, real] = [heldBy(compiled.secondary), heldBy(secondaryOf(files))];
    for (const value of [made, real]) {
      // The GUI's certificate is the primary's, which every sync brings along; the revision is the last writer's.
      delete value["revision"];
      delete value["system"]?.["webgui"]?.["ssl-certref"];
    }
    expect(made).toEqual(real);
  });

  test("with the node file that the primary suggests", async () => {
    const text = nodeTemplate(primary);
    const facts = parseNodeFile(new Source("node.yaml", text), primary);
    expect(left(primary, await compileSecondary(primary, facts, rules))).toEqual(nothing);
    expect(primary.hasync.password.value.test((secret) => text.includes(secret))).toBe(false);
  });
});

test("a node file of ten lines is enough", async () => {
  const primary = primaryOf(readFiles("conformance/clusters/clean"));
  const text = readFileSync(new URL("fixtures/compile/clean.yaml", root), "utf8");
  expect(text.trimEnd().split("\n")).toHaveLength(10);
  const compiled = await compileSecondary(primary, parseNodeFile(new Source("node.yaml", text), primary), rules);
  expect(left(primary, compiled)).toEqual(nothing);
  expect(compiled.secondary.system.fullName).toBe("hydra-b.victor.local");
});

describe("with an export that is out of line", () => {
  const compiled = (files: Files): Promise<Compiled> => fromExport(files);

  test("what sync carries comes as sync would write it", async () => {
    let files = change(
      small,
      "secondary",
      /\t\t<rule>\n\t\t\t<id><\/id>\n\t\t\t<tracker>1690000002[\s\S]*?<\/rule>\n/,
      "",
    );
    files = change(files, "secondary", /<advskew>100/g, "<advskew>0");
    files = change(files, "secondary", "<name>web</name>", "<name>old</name>");
    const outcome = await compiled(files);
    expect(left(primaryOf(files), outcome)).toEqual(nothing);
    expect(outcome.secondary.rules.map(({ tree }) => tree.textOf("tracker"))).toEqual([
      "1690000001",
      "1690000002",
      "1690000003",
    ]);
    expect(outcome.secondary.system.hostname.text).toBe("brook-b");
    expect(outcome.secondary.interface("wan")?.ipaddr.text).toBe("198.51.100.12");
    expect(outcome.secondary.tree.textOf("lastchange")).toBe(secondaryOf(files).tree.textOf("lastchange"));
  });

  test("hasync becomes a secondary's", async () => {
    const files = change(
      small,
      "secondary",
      /<hasync>[\s\S]*<\/hasync>/,
      "<hasync><synchronizetoip>10.99.0.1</synchronizetoip><username>admin</username><password>x</password><synchronizerules>on</synchronizerules><pfhostid>a1</pfhostid></hasync>",
    );
    const outcome = await compiled(files);
    expect(left(primaryOf(files), outcome)).toEqual(nothing);
    expect(heldBy(outcome.secondary)["hasync"]).toEqual({
      pfsyncenabled: "on",
      pfhostid: "a2",
      pfsyncpeerip: "10.99.0.1",
      pfsyncinterface: "opt1",
      synchronizetoip: "",
      username: "",
      password: "",
    });
  });

  test("settings that sync never carries are brought into line", async () => {
    let files = change(small, "secondary", "\t\t<ipv6allow></ipv6allow>\n", "");
    files = change(
      files,
      "secondary",
      "<protocol>https</protocol>",
      "<protocol>https</protocol>\n\t\t\t<port>8443</port>",
    );
    files = change(
      files,
      "primary",
      "\t<virtualip>\n",
      "\t<ifgroups><ifgroupentry><ifname>INSIDES</ifname><members>lan</members></ifgroupentry></ifgroups>\n\t<virtualip>\n",
    );
    const outcome = await compiled(files);
    expect(left(primaryOf(files), outcome)).toEqual(nothing);
    expect(outcome.secondary.interfaceGroups.map(({ tree }) => tree.textOf("ifname"))).toEqual(["INSIDES"]);
    expect(outcome.secondary.tree.path("system/webgui/port").text).toBe("");
  });

  test("a VLAN gets the primary's tag on the secondary's own device", async () => {
    const vlans = (device: string, tag: number): string =>
      `\t<vlans><vlan><if>${device}</if><tag>${tag}</tag><vlanif>${device}.${tag}</vlanif></vlan></vlans>\n\t<virtualip>\n`;
    let files = change(small, "primary", "\t<virtualip>\n", vlans("igb1", 20));
    files = change(files, "secondary", "\t<virtualip>\n", vlans("em1", 30));
    files = change(files, "primary", "<if>igb1</if>\n\t\t\t<descr>", "<if>igb1.20</if>\n\t\t\t<descr>");
    files = change(files, "secondary", "<if>igb1</if>\n\t\t\t<descr>", "<if>em1.30</if>\n\t\t\t<descr>");
    const { secondary } = await compiled(files);
    expect(secondary.interface("lan")?.device.text).toBe("em1.20");
    expect(secondary.vlans.map(({ tree }) => [tree.textOf("if"), tree.textOf("tag"), tree.textOf("vlanif")])).toEqual([
      ["em1", "20", "em1.20"],
    ]);
  });

  test("the rules that bring settings into line may be fixed", () => {
    const chosen = rules.filter(({ id }) => intoLine.has(id));
    expect(chosen.length).toBeGreaterThan(0);
    expect(chosen.filter(({ fix }) => fix === "none")).toEqual([]);
  });

  test("sections that nobody knows keep their bytes", async () => {
    const odd = '\t<Unknown  a="1"><!-- note --><x/>\n\n  <Y>\u00e9&amp;</Y></Unknown>\n</pfsense>';
    const files = change(change(small, "secondary", "</pfsense>", odd), "secondary", /<advskew>100/g, "<advskew>0");
    expect((await compiled(files)).secondary.source.text).toBe(change(small, "secondary", "</pfsense>", odd).secondary);
  });
});

describe("with facts", () => {
  const facts: NodeFacts = {
    hostname: "brook-b",
    interfaces: {
      wan: { address: "198.51.100.12/24" },
      lan: { address: "192.168.7.12/24" },
      opt1: { address: "10.99.0.2/30" },
    },
  };
  const compiled = (files: Files, more: Partial<NodeFacts> = {}): Promise<Compiled> =>
    compileSecondary(primaryOf(files), { ...facts, ...more }, rules);

  test("a VLAN that an older release named keeps the way it is called", async () => {
    const vlans =
      "\t<vlans><vlan><if>igb1</if><tag>20</tag><vlanif>igb1_vlan20</vlanif></vlan></vlans>\n\t<virtualip>\n";
    let files = change(small, "primary", "\t<virtualip>\n", vlans);
    files = change(files, "primary", "<if>igb1</if>\n\t\t\t<descr>", "<if>igb1_vlan20</if>\n\t\t\t<descr>");
    const { secondary } = await compiled(files, {
      interfaces: { ...facts.interfaces, lan: { address: "192.168.7.12/24", device: "vtnet1_vlan20" } },
    });
    expect(secondary.interface("lan")?.device.text).toBe("vtnet1_vlan20");
    expect(secondary.vlans.map(({ device, parent }) => [device, parent.text])).toEqual([["vtnet1_vlan20", "vtnet1"]]);
  });

  test("devices may be called otherwise, those of VLANs, laggs and PPP too", async () => {
    const parts =
      "\t<vlans><vlan><if>igb1</if><tag>20</tag><vlanif>igb1.20</vlanif></vlan></vlans>\n" +
      "\t<laggs><lagg><members>igb2,igb3</members><laggif>lagg0</laggif></lagg></laggs>\n" +
      "\t<ppps><ppp><type>pppoe</type><ports>igb1.20</ports></ppp></ppps>\n\t<virtualip>\n";
    let files = change(small, "primary", "\t<virtualip>\n", parts);
    files = change(files, "primary", "<if>igb1</if>\n\t\t\t<descr>", "<if>igb1.20</if>\n\t\t\t<descr>");
    const devices = { wan: "vtnet0", lan: undefined, opt1: "vtnet2" } as const;
    const interfaces = Object.fromEntries(
      Object.entries(facts.interfaces).map(([key, one]) => {
        const device = devices[key as keyof typeof devices];
        return [key, { ...one, ...(device && { device }) }];
      }),
    );
    const { secondary } = await compiled(files, { interfaces });
    expect(secondary.interfaces.map(({ device }) => device.text)).toEqual(["vtnet0", "igb1.20", "vtnet2"]);
    expect(secondary.tree.path("laggs/lagg/members").text).toBe("vtnet2,igb3");
    const other = await compiled(files, {
      interfaces: { ...interfaces, lan: { ...facts.interfaces["lan"], device: "vtnet1.20" } },
    });
    expect(other.secondary.interface("lan")?.device.text).toBe("vtnet1.20");
    expect(other.secondary.tree.path("vlans/vlan/vlanif").text).toBe("vtnet1.20");
    expect(other.secondary.tree.path("vlans/vlan/if").text).toBe("vtnet1");
    expect(other.secondary.tree.path("ppps/ppp/ports").text).toBe("vtnet1.20");
  });

  test("what is the primary's own stays there", async () => {
    const alias =
      "\t\t<vip><mode>ipalias</mode><interface>lan</interface><uniqid>64b0000000009</uniqid><subnet>192.168.7.77</subnet><subnet_bits>24</subnet_bits></vip>\n\t</virtualip>";
    let files = change(small, "primary", "\t</virtualip>", alias);
    files = change(
      files,
      "primary",
      "<ipv6allow></ipv6allow>",
      "<ipv6allow></ipv6allow><global-v6duid>01:02</global-v6duid>",
    );
    files = change(files, "primary", "<if>igb0</if>", "<if>igb0</if><spoofmac>02:00:00:00:00:01</spoofmac>");
    files = change(
      files,
      "primary",
      "</pfsense>",
      "<virtualip_carp_maintenancemode></virtualip_carp_maintenancemode></pfsense>",
    );
    const { secondary, notes } = await compiled(files);
    expect(secondary.vips.map(({ mode }) => mode.text)).toEqual(["carp", "carp"]);
    expect(secondary.tree.path("system/global-v6duid").present).toBe(false);
    expect(secondary.interface("wan")?.spoofmac.text).toBe("");
    expect(secondary.maintenanceMode.on).toBe(false);
    expect(notes).toEqual([expect.stringMatching(/^left out, since they are the primary's own: .*192\.168\.7\.77/)]);
  });

  test("what the primary keeps from sync, and what it does not send, is seen from the other side too", async () => {
    const files = change(small, "primary", "<synchronizevirtualip>on</synchronizevirtualip>", "");
    const { secondary } = await compiled(change(files, "primary", "<synchronizedhcpd>on</synchronizedhcpd>", ""));
    expect(secondary.carpVips.map(({ advskew }) => advskew.text)).toEqual(["100", "100"]);
    expect(secondary.tree.path("dhcpd/lan/failover_peerip").text).toBe("192.168.7.11");
  });

  test("the administrator's hash replaces every other one", async () => {
    const hash = `$2y$10$${"a".repeat(53)}`;
    const files = change(small, "primary", /(<name>admin<\/name>)/, "$1<sha512-hash>$6$$x$$y</sha512-hash>");
    const admin = (await compiled(files, { adminPasswordHash: hash })).secondary.system.user("admin")?.tree;
    expect(admin?.textOf("bcrypt-hash")).toBe(hash);
    expect(admin?.has("sha512-hash")).toBe(false);
  });

  test("a given host id is taken, otherwise it is the number behind the primary's", async () => {
    expect((await compiled(small)).secondary.hasync.hostId.text).toBe("a2");
    expect((await compiled(small, { pfhostid: "beef" })).secondary.hasync.hostId.text).toBe("beef");
  });
});
