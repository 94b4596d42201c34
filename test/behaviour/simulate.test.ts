import { describe, expect, test } from "vitest";
import { withInterfaces } from "../support/interfaces.ts";
import { change, type Files, readFiles, small } from "../support/pair.ts";
import { effects, masters, play, states } from "../support/simulation.ts";

const reference = readFiles("conformance/clusters/reference");

describe("the cluster of the source document", () => {
  const scenarios = play(reference);

  test.for([
    ["normal", "MASTER BACKUP"],
    ["primary-down", "DOWN MASTER"],
    ["primary-returns", "MASTER BACKUP"],
    ["secondary-down", "MASTER DOWN"],
    ["primary-carp-disabled", "INIT MASTER"],
    ["primary-maintenance", "BACKUP MASTER"],
    ["sync-link-down", "MASTER BACKUP"],
  ] as const)("%s: VHID 10 and 20 are %s", ([id, expected]) => {
    expect(scenarios[id]?.vips.map(({ vhid }) => vhid)).toEqual([10, 20]);
    expect(scenarios[id]?.vips.map(states)).toEqual([expected, expected]);
    expect(scenarios[id]?.ok).toBe(true);
  });

  test("a lost link moves every VIP, not only its own", () => {
    const { vips = [] } = scenarios["primary-link-down:lan"] ?? {};
    expect(vips.map(states)).toEqual(["BACKUP MASTER", "INIT MASTER"]);
    expect(scenarios["secondary-link-down:wan"]?.vips.map(states)).toEqual(["MASTER INIT", "MASTER BACKUP"]);
  });

  test("takeover takes 3·advbase + advskew/256 when the master falls silent, one advertisement when it does not", () => {
    const times = (id: string) => scenarios[id]?.vips.map(({ takeoverSeconds }) => takeoverSeconds);
    expect(times("primary-down")).toEqual([3 + 100 / 256, 3 + 100 / 256]);
    expect(times("primary-carp-disabled")).toEqual([3 + 100 / 256, 3 + 100 / 256]);
    expect(times("primary-returns")).toEqual([1 + 100 / 256, 1 + 100 / 256]);
    expect(times("primary-maintenance")).toEqual([1 + 240 / 256, 1 + 240 / 256]);
    expect(times("primary-link-down:wan")).toEqual([3 + 100 / 256, 1 + 240 / 256]);
    expect(times("normal")).toEqual([undefined, undefined]);
    expect(times("secondary-down")).toEqual([undefined, undefined]);
  });

  test("what the document overlooked: translated connections break", () => {
    expect(effects(scenarios["primary-down"], "NAT")).toEqual([
      "bad: connections from lan through wan break all the same: automatic outbound NAT translates them to 172.17.1.41, the primary's own address, which does not move",
    ]);
    expect(effects(scenarios["primary-returns"], "NAT")[0]).toContain("172.17.1.42, the secondary's own address");
  });

  test("scenarios come in one order, links in that of the interfaces", () => {
    expect(Object.keys(scenarios)).toEqual([
      "normal",
      "primary-down",
      "primary-returns",
      "secondary-down",
      "primary-carp-disabled",
      "primary-maintenance",
      "primary-link-down:wan",
      "primary-link-down:lan",
      "secondary-link-down:wan",
      "secondary-link-down:lan",
      "sync-link-down",
    ]);
  });
});

test.for(["clean", "dual-wan-vlan", "kea-24.5", "legacy-21.7"])("%s: every VIP where it should be, no loss", (name) => {
  const scenarios = Object.values(play(readFiles(`conformance/clusters/${name}`)));
  for (const { id, ok, vips, effects: noticed } of scenarios) {
    expect(ok, id).toBe(true);
    expect(vips.length, id).toBeGreaterThan(0);
    expect(
      noticed.filter(({ outcome }) => outcome === "bad"),
      id,
    ).toEqual([]);
  }
});

const skews = (primary: string, secondary: string): Files =>
  change(
    change(small, "primary", /<advskew>0</g, `<advskew>${primary}<`),
    "secondary",
    /<advskew>100</g,
    `<advskew>${secondary}<`,
  );

describe("who advertises faster", () => {
  test("the secondary, if its skew is lower: it is master for good", () => {
    const scenarios = play(skews("100", "0"));
    expect(masters(scenarios["normal"])).toBe("secondary secondary");
    expect(scenarios["normal"]?.ok).toBe(false);
    expect(masters(scenarios["primary-returns"])).toBe("secondary secondary");
  });

  test("nobody, if the skews are equal: the primary is master by chance, and does not come back", () => {
    const scenarios = play(skews("0", "0"));
    expect(scenarios["normal"]?.vips[0]).toMatchObject({ master: "primary", ok: false });
    expect(scenarios["normal"]?.vips[0]?.why).toBe(
      "both nodes advertise every 1.00 s: whoever comes up first is master, and nothing prefers the primary",
    );
    expect(scenarios["primary-returns"]?.vips[0]).toMatchObject({ master: "secondary", ok: false });
    expect(scenarios["primary-returns"]?.vips[0]?.why).toBe(
      "both nodes advertise every 1.00 s: the secondary was master and stays it",
    );
  });

  test("an empty skew is 0 and an empty base 1", () => {
    const scenarios = play(change(skews("", "100"), "both", /<advbase>1</g, "<advbase><"));
    expect(masters(scenarios["normal"])).toBe("primary primary");
    expect(scenarios["primary-down"]?.vips[0]?.takeoverSeconds).toBe(3 + 100 / 256);
  });

  test("the base outweighs every skew", () => {
    const scenarios = play(change(skews("254", "0"), "secondary", /<advbase>1</g, "<advbase>3<"));
    expect(masters(scenarios["normal"])).toBe("primary primary");
    expect(scenarios["primary-down"]?.vips[0]?.takeoverSeconds).toBe(9);
  });

  test("everything above 240 counts as 240: a demoted primary keeps what it has", () => {
    const scenarios = play(skews("154", "254"));
    expect(scenarios["normal"]?.ok).toBe(true);
    const lost = scenarios["primary-link-down:wan"];
    expect(masters(lost)).toBe("secondary primary");
    expect(lost?.vips.map(({ ok }) => ok)).toEqual([true, false]);
    expect(lost?.vips[1]?.why).toBe(
      "both nodes advertise every 1.94 s (everything above advskew 240 counts as 240): the primary was master and stays it; " +
        "the primary is demoted by 240, having no link on wan",
    );
    expect(effects(lost, "connections")[0]).toContain("what comes in on one node leaves by the other");
    expect(masters(scenarios["primary-maintenance"])).toBe("primary primary");
  });

  test("239 on the secondary is the last skew that lets every VIP move", () => {
    expect(masters(play(skews("0", "239"))["primary-link-down:wan"])).toBe("secondary secondary");
    expect(masters(play(skews("0", "240"))["primary-link-down:wan"])).toBe("secondary primary");
  });
});

describe("maintenance mode in the file", () => {
  const inMaintenance = (role: keyof Files): Files =>
    change(small, role, "</pfsense>", "<virtualip_carp_maintenancemode></virtualip_carp_maintenancemode></pfsense>");

  test("of the primary moves everything to the secondary", () => {
    const { normal } = play(inMaintenance("primary"));
    expect(masters(normal)).toBe("secondary secondary");
    expect(normal?.vips[0]?.why).toBe(
      "the secondary advertises every 1.39 s, the primary every 1.94 s; the primary is in maintenance mode",
    );
  });

  test("of the secondary keeps the other VIPs on a primary that lost a link", () => {
    const scenarios = play(inMaintenance("secondary"));
    expect(scenarios["normal"]?.ok).toBe(true);
    expect(masters(scenarios["primary-down"])).toBe("secondary secondary");
    expect(scenarios["primary-down"]?.vips[0]?.takeoverSeconds).toBe(3 + 254 / 256);
    expect(masters(scenarios["primary-link-down:lan"])).toBe("primary secondary");
  });
});

describe("nodes that do not hear each other are both master", () => {
  const why = (files: Files, vip = 0): string => {
    const { normal } = play(files);
    expect(normal?.vips[vip]).toMatchObject({ primary: "MASTER", secondary: "MASTER", master: "both", ok: false });
    expect(normal?.ok).toBe(false);
    return normal?.vips[vip]?.why ?? "";
  };
  const alias = (uniqid: string, address: string): string =>
    `<vip><mode>ipalias</mode><interface>_vip64b0000000001</interface><uniqid>${uniqid}</uniqid><type>single</type>` +
    `<subnet_bits>24</subnet_bits><subnet>${address}</subnet></vip>`;
  const stacked = (files: Files, where: keyof Files | "both", address: string): Files =>
    change(files, where, "\t</virtualip>", `${alias("64b0000000009", address)}</virtualip>`);

  test("other passwords", () => {
    const files = change(small, "secondary", /example-vip-pass/g, "another-vip-pass");
    expect(why(files)).toBe("neither node takes the other's advertisements: the VHID passwords differ");
    expect(effects(play(files)["normal"], "connections")).toContain(
      "bad: both nodes answer for 198.51.100.10 and 192.168.7.1: connections break at random",
    );
  });

  test("but not passwords that are the same to the kernel, or that somebody masked", () => {
    expect(masters(play(change(small, "secondary", /example-vip-pass/g, "example -vip -pass"))["normal"])).toBe(
      "primary primary",
    );
    expect(masters(play(change(small, "secondary", /example-vip-pass/g, "********"))["normal"])).toBe(
      "primary primary",
    );
  });

  test("another address", () => {
    const files = change(small, "secondary", "<subnet>198.51.100.10</subnet>", "<subnet>198.51.100.9</subnet>");
    expect(why(files)).toBe(
      "neither node takes the other's advertisements: the addresses on the VHID differ " +
        "(198.51.100.10 only on the primary, 198.51.100.9 only on the secondary)",
    );
  });

  test("a stacked IP alias on one node only", () => {
    expect(why(stacked(small, "primary", "198.51.100.20"))).toContain("(198.51.100.20 only on the primary)");
    expect(play(stacked(small, "both", "198.51.100.20"))["normal"]?.ok).toBe(true);
  });

  test("a stacked IP alias that stands before its CARP VIP on one node, and so never attaches there", () => {
    const last = stacked(small, "primary", "198.51.100.20");
    const files = change(last, "secondary", "\t<virtualip>", `<virtualip>${alias("64b0000000009", "198.51.100.20")}`);
    expect(why(files)).toContain("(198.51.100.20 only on the primary)");
  });

  test("a key that means another network on the secondary", () => {
    const files = change(
      change(small, "secondary", "<if>igb0</if>", "<if>igb9</if>"),
      "secondary",
      /<ipaddr>198\.51\.100\.12<([\s\S]*)<ipaddr>192\.168\.7\.12</,
      "<ipaddr>192.168.7.12<$1<ipaddr>198.51.100.12<",
    );
    expect(why(files)).toBe(
      "neither node takes the other's advertisements: wan is another network on the secondary, where lan is that of the primary",
    );
  });

  test("one address on both nodes: each takes the other for itself", () => {
    const files = change(small, "secondary", "<ipaddr>198.51.100.12</ipaddr>", "<ipaddr>198.51.100.11</ipaddr>");
    expect(why(files)).toContain(
      "198.51.100.11 is an address of both nodes, and the primary drops CARP that seems to come from itself",
    );
    expect(masters(play(files)["normal"])).toBe("both primary");
  });

  test("an address of one node that is a VIP of the other", () => {
    const files = change(small, "secondary", "<ipaddr>198.51.100.12</ipaddr>", "<ipaddr>198.51.100.10</ipaddr>");
    expect(play(files)["normal"]?.vips[0]).toMatchObject({ primary: "MASTER", secondary: "BACKUP", ok: true });
    expect(play(files)["normal"]?.vips[0]?.why).toBe(
      "the primary does not take the secondary's advertisements (198.51.100.10 is an address of both nodes, and the " +
        "primary drops CARP that seems to come from itself) and makes itself master; the secondary hears it and is not faster",
    );
    const proxy = change(small, "secondary", "<ipaddr>198.51.100.12</ipaddr>", "<ipaddr>198.51.100.13</ipaddr>");
    const answered =
      "<vip><mode>proxyarp</mode><interface>wan</interface><type>single</type><subnet>198.51.100.13</subnet></vip>";
    expect(play(change(proxy, "primary", "\t</virtualip>", `${answered}</virtualip>`))["normal"]?.ok).toBe(true);
  });

  test("but not for an address that a node is told, which no file holds", () => {
    const files = change(small, "secondary", "<ipaddr>198.51.100.12</ipaddr>", "<ipaddr>dhcp</ipaddr>");
    expect(play(files)["normal"]?.ok).toBe(true);
  });

  test("unless the filter, which would drop it, is off", () => {
    const files = change(small, "secondary", "<ipaddr>198.51.100.12</ipaddr>", "<ipaddr>198.51.100.11</ipaddr>");
    const off = change(files, "both", "<ipv6allow>", "<disablefilter></disablefilter><ipv6allow>");
    expect(masters(play(off)["normal"])).toBe("primary primary");
  });

  test("169.254/16, which pf drops ahead of CARP", () => {
    const moved = change(small, "primary", "198.51.100.11", "169.254.9.11");
    const files = change(moved, "secondary", "198.51.100.12", "169.254.9.12");
    expect(why(files)).toContain("the primary drops what comes from 169.254.0.0/16, as from 169.254.9.12");
    const allowed = change(files, "both", "<ipv6allow>", "<no_apipa_block></no_apipa_block><ipv6allow>");
    expect(play(allowed)["normal"]?.ok).toBe(true);
  });

  test("IPv6 that one node drops", () => {
    const six = change(small, "both", "<subnet>198.51.100.10</subnet>", "<subnet>2001:db8::10</subnet>");
    expect(play(six)["normal"]?.ok).toBe(true);
    expect(why(change(six, "secondary", "<ipv6allow></ipv6allow>", ""))).toBe(
      "neither node takes the other's advertisements: IPv6 is switched off on the secondary, and CARP over IPv6 with it",
    );
  });

  test("deafness of one node only: it makes itself master, and the slower one steps down", () => {
    // The primary's address on wan is one of the secondary's on lan: only the secondary drops what comes from it.
    const files = change(small, "secondary", "<ipaddr>192.168.7.12</ipaddr>", "<ipaddr>198.51.100.11</ipaddr>");
    const { normal } = play(files);
    expect(normal?.vips[0]).toMatchObject({ primary: "MASTER", secondary: "MASTER", master: "both" });
    expect(normal?.vips[0]?.why).toBe(
      "the secondary does not take the primary's advertisements (198.51.100.11 is an address of both nodes, and the " +
        "secondary drops CARP that seems to come from itself) and makes itself master; the primary hears it, and is faster",
    );
    const slower = change(files, "primary", /<advskew>0</g, "<advskew>200<");
    expect(play(slower)["normal"]?.vips[0]).toMatchObject({ primary: "BACKUP", secondary: "MASTER", ok: false });
  });
});

describe("a VIP that a node does not have", () => {
  const why = (files: Files, role: "primary" | "secondary", id = "normal"): string => {
    const vip = play(files)[id]?.vips[0];
    expect(vip?.[role]).toBe("DOWN");
    return vip?.why ?? "";
  };

  test("because it is not in the file", () => {
    const files = change(small, "secondary", "<vhid>1</vhid>", "<vhid>9</vhid>");
    const scenarios = play(files);
    expect(scenarios["normal"]?.vips.map(({ vhid, master }) => `${vhid} ${master}`)).toEqual([
      "1 primary",
      "2 primary",
      "9 secondary",
    ]);
    expect(scenarios["primary-down"]?.vips[0]).toMatchObject({ master: "none", ok: false });
    expect(scenarios["primary-down"]?.vips[0]?.why).toBe("the primary is off, and the secondary has no such VIP");
    expect(effects(scenarios["primary-down"], "connections")).toContain("bad: nobody answers for 198.51.100.10");
  });

  test("because its interface is off, missing, lo0 or a tunnel", () => {
    const disabled = change(small, "secondary", "<enable></enable>\n\t\t\t<if>igb0</if>", "<if>igb0</if>");
    expect(why(disabled, "secondary")).toBe("the secondary does not configure it, since wan is not enabled");
    expect(why(change(small, "secondary", "<if>igb0</if>", "<if>gif0</if>"), "secondary")).toBe(
      "the secondary does not configure it, since wan is on gif0, a device that holds no CARP VIP",
    );
    const moved = (key: string): Files =>
      change(small, "both", "<interface>wan</interface>\n\t\t\t<vhid>", `<interface>${key}</interface>\n\t\t\t<vhid>`);
    expect(why(moved("opt9"), "primary")).toContain("since opt9 does not exist");
    expect(why(moved("lo0"), "primary")).toContain("since lo0 holds no CARP VIP");
  });

  test("because the kernel refuses it", () => {
    expect(
      why(
        change(small, "secondary", "<vhid>1</vhid>\n\t\t\t<advskew>100<", "<vhid>1</vhid>\n\t\t\t<advskew>300<"),
        "secondary",
      ),
    ).toBe("the secondary does not configure it, since the kernel refuses its advskew of 300");
    expect(why(change(small, "both", "<vhid>1</vhid>", "<vhid>256</vhid>"), "primary")).toContain("vhid of 256");
  });

  test("which demotes nobody", () => {
    const files = change(small, "primary", "<vhid>2</vhid>", "<vhid>300</vhid>");
    expect(masters(play(files)["primary-link-down:lan"])).toBe("primary none secondary");
  });
});

describe("links", () => {
  test("VLANs go down with the device that carries them", () => {
    const vlan = (tag: number): string => `<vlan><if>igb7</if><tag>${tag}</tag><vlanif>igb7.${tag}</vlanif></vlan>`;
    const files = change(
      change(change(small, "both", "<if>igb0</if>", "<if>igb7.10</if>"), "both", "<if>igb1</if>", "<if>igb7.20</if>"),
      "both",
      "</pfsense>",
      `<vlans>${vlan(10)}${vlan(20)}</vlans></pfsense>`,
    );
    const scenario = play(files)["primary-link-down:wan"];
    expect(scenario?.title).toBe("the primary loses the link of wan (device igb7, 2 interfaces)");
    expect(scenario?.vips.map(states)).toEqual(["INIT MASTER", "INIT MASTER"]);
  });

  test("a cut sync link demotes nobody, and states stay behind", () => {
    const scenario = play(small)["sync-link-down"];
    expect(masters(scenario)).toBe("primary primary");
    expect(effects(scenario, "connections")).toEqual([
      "note: nothing moves; states of connections made meanwhile do not reach the other node",
    ]);
  });

  test("no sync interface, no such scenario; that of one node is enough", () => {
    const field = "<pfsyncinterface>opt1</pfsyncinterface>";
    expect(Object.keys(play(change(small, "both", field, "")))).not.toContain("sync-link-down");
    expect(Object.keys(play(change(small, "primary", field, "")))).toContain("sync-link-down");
    expect(Object.keys(play(change(small, "secondary", field, "")))).toContain("sync-link-down");
  });

  test("a CARP VIP on the sync interface has no master while its link is cut, on whichever node it is cut", () => {
    const files = change(small, "both", /<interface>wan<\/interface>(\s*<vhid>)/, "<interface>opt1</interface>$1");
    const cut = play(files)["sync-link-down"];
    expect(cut?.vips.map(states)).toEqual(["INIT INIT", "MASTER BACKUP"]);
    expect(cut?.vips.map(({ ok }) => ok)).toEqual([false, true]);
    const alone = change(files, "secondary", "<pfsyncinterface>opt1</pfsyncinterface>", "");
    expect(play(alone)["sync-link-down"]?.vips.map(states)).toEqual(["INIT MASTER", "BACKUP MASTER"]);
  });

  test("a tunable can take the demotion away", () => {
    const files = change(
      small,
      "primary",
      "</pfsense>",
      "<sysctl><item><tunable>net.inet.carp.ifdown_demotion_factor</tunable><value>0</value></item></sysctl></pfsense>",
    );
    expect(masters(play(files)["primary-link-down:wan"])).toBe("secondary primary");
  });
});

test("without CARP VIPs no scenario is right", () => {
  const files = change(small, "both", /<mode>carp<\/mode>/g, "<mode>other</mode>");
  expect(Object.keys(play(files))).toContain("normal");
  expect(Object.values(play(files)).every(({ vips, ok }) => !ok && vips.length === 0)).toBe(true);
});

test.for([
  ["a VLAN that has no entry", "igb1.20", ""],
  ["a VLAN that an older release named", "igb1_vlan20", ""],
  ["a VLAN in a VLAN", "igb1.20.30", ""],
  [
    "a VLAN under a name of its own",
    "office",
    "<vlans><vlan><if>igb1</if><tag>20</tag><vlanif>office</vlanif></vlan></vlans>",
  ],
] as const)("the link of a device takes every interface on it: %s", ([, device, vlans]) => {
  const parts = { key: "opt2", device: "igb1", more: "172.16.5.1/24" };
  const files = change(withInterfaces([parts], []), "primary", "<if>igb1</if>\n", `<if>${device}</if>\n`);
  const { title } = play(change(files, "primary", "<hasync>", `${vlans}<hasync>`))["primary-link-down:lan"]!;
  expect(title).toBe("the primary loses the link of lan (device igb1, 2 interfaces)");
});
