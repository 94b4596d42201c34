import { describe, expect, test } from "vitest";
import { boxesOf } from "../../src/behaviour/xmlrpc-sync/sender.ts";
import { type SyncResult, selectedSections, syncOf } from "../../src/behaviour/xmlrpc-sync.ts";
import type { Config } from "../../src/model/config.ts";
import { syncBoxes } from "../../src/model/hasync.ts";
import { toValue } from "../../src/model/value.ts";
import { change, configOf, type Files, small } from "../support/pair.ts";

/** What no vector of fixtures/conformance/sync reaches; each case is read in pfSense's source. */
type Change = readonly ["primary" | "secondary" | "both", string | RegExp, string];
const alter = (...changes: readonly Change[]): Files =>
  changes.reduce<Files>((pair, [where, find, replacement]) => change(pair, where, find, replacement), small);

const sync = ({ primary, secondary }: Files): SyncResult =>
  syncOf(configOf(primary, "primary.xml"), configOf(secondary, "secondary.xml"));

/** What lies at a path of the secondary after a sync, as plain data; undefined if there is no such element. */
function left(files: Files, path: string): unknown {
  const { config, performed } = sync(files);
  expect(performed).toBe(true);
  return valueAt(config, path);
}

function valueAt({ tree, dialect }: Config, path: string): unknown {
  const found = tree.path(path);
  return found.present ? JSON.parse(JSON.stringify(toValue(found, dialect.isList))) : undefined;
}

const section = (content: string): readonly [string, string] => ["\t<unbound>", `${content}\n\t<unbound>`];
const newer: Change = ["both", "<version>23.3<", "<version>24.5<"];

describe("what stops a sync", () => {
  const target = "<synchronizetoip>10.99.0.2<";
  const back = (to: string): Change => [
    "secondary",
    "\t</hasync>",
    `<synchronizetoip>${to}</synchronizetoip>\t</hasync>`,
  ];
  const to = (address: string): Change => ["primary", target, `<synchronizetoip>${address}<`];

  test.for([
    ["no target", [to("")], "no-target"],
    ["the target 0, which PHP takes for empty", [to("0")], "no-target"],
    ["a name", [to("pf2.example")], "target-not-an-address"],
    ["an address with a port", [to("10.99.0.2:443")], "target-not-an-address"],
    ["a network", [to("10.99.0.2/30")], "target-not-an-address"],
    ["its own address", [to("10.99.0.1")], "loop"],
    ["a VIP, which it is master of", [to("192.168.7.1")], "loop"],
    ["a secondary that points back", [back("10.99.0.1")], "loop"],
    ["a secondary that points back by another way, which does not count", [back("192.168.7.11")], undefined],
    ["a secondary that points to a third node", [back("192.0.2.9")], undefined],
    ["a secondary that points to a name", [back("pf1.example")], undefined],
    ["a call from another interface", [to("192.168.7.12"), back("192.168.7.11")], "loop"],
    [
      "a call from an interface that the secondary does not point to",
      [to("192.168.7.12"), back("10.99.0.1")],
      undefined,
    ],
    ["a call over a router, whose source no file tells", [to("192.0.2.7"), back("10.99.0.1")], undefined],
    ["another spelling of its version", [["primary", "<version>23.3<", "<version>23.30<"]], undefined],
    ["another version", [["primary", "<version>23.3<", "<version>23.4<"]], "config-versions-differ"],
    ["no version on the secondary", [["secondary", "<version>23.3</version>", ""]], "config-versions-differ"],
    ["a version that is only a word", [["both", "<version>23.3<", "<version>x<"]], undefined],
    ["no nextgid", [["primary", "\t\t<nextgid>2000</nextgid>\n", ""]], "not-encodable"],
    [
      "no nextgid, without accounts",
      [
        ["primary", "\t\t<nextgid>2000</nextgid>\n", ""],
        ["primary", "<synchronizeusers>on<", "<synchronizeusers><"],
      ],
      undefined,
    ],
    [
      "a Kea role that is none",
      [newer, ["primary", ...section("<kea6><ha><role>backup</role></ha></kea6>")]],
      "kea-role-unknown",
    ],
    [
      "a Kea role that is none, up to 2.7",
      [["primary", ...section("<kea><ha><role>backup</role></ha></kea>")]],
      undefined,
    ],
    ["an empty Kea role", [newer, ["primary", ...section("<kea><ha><role></role></ha></kea>")]], undefined],
  ] as const)("%s", ([, changes, kind]) => {
    const result = sync(alter(...changes));
    expect(result.obstacle?.kind).toBe(kind);
    expect(result.performed).toBe(kind === undefined);
    expect(result.reason === undefined).toBe(kind === undefined);
  });

  test("leaves the secondary as it is, and still tells what would come of it", () => {
    const result = sync(alter(back("10.99.0.1"), ["secondary", "<descr><![CDATA[Web]]></descr>", "<descr></descr>"]));
    expect(result.config.tree.path("aliases/alias/descr").text).toBe("");
    expect(result.onceThrough.tree.path("aliases/alias/descr").text).toBe("Web");
    expect(result.reason).toBe(
      "the secondary synchronises back to 10.99.0.1, from where the primary connects, and ignores the sync",
    );
  });

  test("is the interface with the narrowest network, of those that are enabled", () => {
    const wide: Change = [
      "primary",
      "\t</interfaces>",
      "<opt2><enable></enable><ipaddr>10.0.0.1</ipaddr><subnet>8</subnet></opt2>\t</interfaces>",
    ];
    expect(sync(alter(wide, back("10.99.0.1"))).obstacle?.kind).toBe("loop");
    expect(sync(alter(wide, back("10.0.0.1"))).obstacle).toBeUndefined();
    const disabled: Change = ["primary", "<enable></enable>\n\t\t\t<if>igb2<", "<if>igb2<"];
    expect(sync(alter(wide, disabled, back("10.0.0.1"))).obstacle?.kind).toBe("loop");
  });
});

describe("what boxes select", () => {
  const boxes = (...on: readonly string[]): string =>
    `<pfsense><version>24.5</version><hasync><synchronizetoip>10.99.0.2</synchronizetoip>${on.map((box) => `<synchronize${box}>on</synchronize${box}>`).join("")}</hasync>`;
  const content = (names: string): string =>
    `${names
      .split(" ")
      .map((name) => `<${name}><a>1</a></${name}>`)
      .join("")}</pfsense>`;
  const all = "dhcpd kea dhcpdv6 kea6 dhcrelay dhcrelay6 dnsmasq unbound voucher";

  test.for([
    ["rules", all, "filter schedules"],
    ["schedules", all, "schedules"],
    ["nat", all, "nat"],
    ["aliases", all, "aliases"],
    ["dhcpd", all, "dhcpd kea"],
    ["dhcpd", "dhcpd", "dhcpd"],
    ["dhcpd", "kea", ""],
    ["kea6", all, "dhcpdv6 kea6"],
    ["kea6", "kea6", ""],
    ["dhcrelay", all, "dhcrelay"],
    ["dhcrelay6", "dhcrelay", ""],
    ["wol", "wol", "wol"],
    ["trafficshaper", all, "shaper"],
    ["trafficshaperlimiter", all, "dnshaper"],
    ["staticroutes", all, "staticroutes gateways"],
    ["virtualip", all, "virtualip"],
    ["ipsec", all, "ipsec"],
    ["openvpn", all, "openvpn cert ca crl"],
    ["certs", all, "cert ca crl"],
    ["users", all, "user group"],
    ["authservers", all, "authserver"],
    ["dnsforwarder", all, "dnsmasq unbound"],
    ["dnsforwarder", "unbound", "unbound"],
    ["captiveportal", all, "captiveportal voucher"],
    ["captiveportal", "wol", "captiveportal"],
  ] as const)("%s of a primary with %s", ([box, names, expected]) => {
    expect(selectedSections(configOf(boxes(box) + content(names))).join(" ")).toBe(expected);
  });

  test("Kea is unknown up to 2.7", () => {
    const older = (boxes("dhcpd", "kea6") + content(all)).replace("24.5", "23.3");
    expect(selectedSections(configOf(older))).toEqual(["dhcpd"]);
  });

  test("a section of empty list entries only is a section", () => {
    const config = `${boxes("dnsforwarder")}<unbound><hosts></hosts></unbound><dnsmasq></dnsmasq></pfsense>`;
    expect(selectedSections(configOf(config))).toEqual(["unbound"]);
  });

  test("every box selects something, and nothing selects what never travels", () => {
    const selected = new Set(syncBoxes.flatMap((box) => selectedSections(configOf(boxes(box) + content(all)))));
    for (const name of selected) expect(boxesOf(name).length).toBeGreaterThan(0);
    expect(boxesOf("interfaces")).toEqual([]);
  });
});

describe("accounts", () => {
  const next = "\t\t<nextuid>2001</nextuid>";
  const user = (name: string, uid: string, descr = ""): string =>
    `<user><name>${name}</name><uid>${uid}</uid><descr>${descr}</descr></user>`;
  const names = (files: Files): string[] =>
    (left(files, "system") as { user: { name: string; descr: string }[] }).user.map(
      ({ name, descr }) => `${name}${descr && `:${descr}`}`,
    );
  const base = ["admin:System Administrator", "hasync"];
  const pair = (primary: string, secondary: string, ...more: readonly Change[]): Files =>
    alter(["primary", next, primary + next], ["secondary", next, secondary + next], ...more);

  test.for([
    [
      "one that is equal but for the spelling of a number",
      user("a", "2001"),
      user("a", "02001"),
      [base[0], "a", "hasync"],
    ],
    [
      "one that only one side describes in another order of fields",
      "<user><descr></descr><uid>2001</uid><name>a</name></user>",
      "<user><name>a</name><uid>2001</uid><descr></descr></user>",
      [base[0], base[1], "a"],
    ],
    ["one below uid 2000 that only the primary has", user("a", "1500"), "", ["a", base[0], "hasync"]],
    ["one without a uid, which counts as low", user("a", "", "new"), user("a", "", "old"), [base[0], base[1], "a:old"]],
    [
      "one above uid 65000, added without being removed",
      user("a", "65001", "new"),
      user("a", "65001", "old"),
      ["a:old", "a:new", base[0], "hasync"],
    ],
  ] as const)("%s", ([, primary, secondary, expected]) => {
    const found = names(pair(primary, secondary));
    expect([...found].sort()).toEqual([...expected].map(String).sort());
  });

  test("are sorted by name once something has changed, and left in their order otherwise", () => {
    expect(names(pair(user("b", "2001") + user("a", "2002"), user("b", "2001") + user("a", "2002")))).toEqual([
      ...base,
      "b",
      "a",
    ]);
    expect(names(pair(user("b", "2001") + user("a", "2002"), user("b", "2001")))).toEqual([
      "a",
      base[0],
      "b",
      "hasync",
    ]);
  });

  test("replace the secondary's list as a whole where the primary has no groups", () => {
    const files = pair("", user("a", "1500"), ["primary", /\t\t<group>[\s\S]*<\/group>\n/, ""]);
    expect(names(files)).toEqual(base);
    expect(left(files, "system/group")).toBeUndefined();
  });

  test("of an administrator travel with adminsync, which has to say on", () => {
    const flag = (text: string): Change => ["primary", "\t</hasync>", `<adminsync>${text}</adminsync>\t</hasync>`];
    const files = (text: string): Files => pair(user("a", "1500", "new"), user("a", "1500", "old"), flag(text));
    expect(names(files("on"))).toContain("a:new");
    expect(names(files("yes"))).toContain("a:old");
    expect(left(files("yes"), "hasync/adminsync")).toBe("yes");
  });

  test("bring authentication servers along only with their box", () => {
    const server = "<authserver><name>D</name></authserver>";
    const files = (box: string): Files =>
      pair(server, "", ["primary", "<synchronizeauthservers>on<", `<synchronizeauthservers>${box}<`]);
    expect(left(files("on"), "system/authserver")).toEqual({ name: "D" });
    expect(left(files(""), "system/authserver")).toBeUndefined();
  });
});

describe("captive portal", () => {
  const zone = (name: string, more: string): string => `<${name}><zone>${name}</zone>${more}</${name}>`;
  const portal = (...zones: readonly string[]): readonly [string, string] =>
    section(`<captiveportal>${zones.join("")}</captiveportal>`);
  const roll = (number: number, more = ""): string => `<roll><number>${number}</number>${more}</roll>`;
  const both = (primary: readonly string[], secondary: readonly string[], vouchers: readonly [string, string]): Files =>
    alter(
      ["primary", ...portal(...primary)],
      ["secondary", ...portal(...secondary)],
      ["primary", "\t<aliases>", `<voucher>${vouchers[0]}</voucher>\n\t<aliases>`],
      ["secondary", "\t<aliases>", `<voucher>${vouchers[1]}</voucher>\n\t<aliases>`],
    );

  test("keeps the local settings of a zone, and takes the primary's password where the secondary has none", () => {
    const sent =
      "<enablebackwardsync></enablebackwardsync><backwardsyncip>1</backwardsyncip><backwardsyncuser>p</backwardsyncuser><backwardsyncpassword>pp</backwardsyncpassword><vouchersyncpass>v</vouchersyncpass><timeout>5</timeout>";
    const files = (own: string): Files =>
      alter(["primary", ...portal(zone("g", sent))], ["secondary", ...portal(zone("g", own))]);
    expect(left(files("<backwardsyncip>2</backwardsyncip><timeout>9</timeout>"), "captiveportal/g")).toEqual({
      zone: "g",
      backwardsyncip: "2",
      backwardsyncpassword: "pp",
      timeout: "5",
    });
    expect(
      left(
        files("<enablebackwardsync>yes</enablebackwardsync><backwardsyncpassword>ss</backwardsyncpassword>"),
        "captiveportal/g",
      ),
    ).toEqual({
      zone: "g",
      enablebackwardsync: "yes",
      backwardsyncpassword: "ss",
      vouchersyncpass: "v",
      timeout: "5",
    });
  });

  test("takes the vouchers of zones that go", () => {
    const files = both(
      [zone("g", "")],
      [zone("g", ""), zone("old", "")],
      [
        zone("g", `<charset>p</charset>${roll(1)}<vouchersyncdbip>1</vouchersyncdbip>`),
        zone("old", roll(7)) +
          zone("g", `<charset>s</charset>${roll(2)}<vouchersyncusername>me</vouchersyncusername>`) +
          zone("other", roll(8)),
      ],
    );
    expect(left(files, "captiveportal")).toEqual({ g: { zone: "g" } });
    expect(left(files, "voucher")).toEqual({
      g: { zone: "g", charset: "p", vouchersyncusername: "me", roll: [{ number: "1" }] },
      other: { zone: "other", roll: [{ number: "8" }] },
    });
  });

  test("is gone where the primary has no zone, with all that was only theirs", () => {
    const files = alter(
      ["secondary", ...portal(zone("g", ""))],
      ["secondary", "\t<aliases>", `<voucher>${zone("g", roll(1))}</voucher>\n\t<aliases>`],
    );
    expect(left(files, "captiveportal")).toBeUndefined();
    expect(left(files, "voucher")).toBeUndefined();
  });

  test("leaves vouchers alone where the primary has none and no zone goes", () => {
    const files = alter(
      ["both", ...portal(zone("g", ""))],
      ["secondary", "\t<aliases>", `<voucher>${zone("g", roll(1))}</voucher>\n\t<aliases>`],
    );
    expect(left(files, "voucher/g/roll")).toEqual({ number: "1" });
  });
});

describe("Kea", () => {
  const kea = (more: string, name = "kea"): readonly [string, string] => section(`<${name}><ha>${more}</ha></${name}>`);
  const ha = (sent: string, own: string, box = "on"): unknown =>
    left(
      alter(
        newer,
        ["primary", ...kea(sent)],
        ["secondary", ...kea(own)],
        ["primary", "<synchronizedhcpd>on<", `<synchronizedhcpd>${box}<`],
      ),
      "kea/ha",
    );

  test("turns round what there is, and copies what has no counterpart", () => {
    expect(ha("<localip>1</localip><remoteip>2</remoteip><localport>3</localport>", "")).toEqual({
      localip: "2",
      remoteip: "1",
      localport: "3",
      remoteport: "3",
      remotename: "brook-a",
      role: "standby",
    });
    expect(ha("<localname> a </localname><role>standby</role><remoteport>0</remoteport>", "")).toEqual({
      remotename: "a",
      role: "primary",
      remoteport: "0",
    });
  });

  test("leaves name and TLS settings with each node", () => {
    const sent =
      "<localname>a</localname><tls></tls><scertref>p</scertref><mutualtls></mutualtls><ccertref>p</ccertref>";
    const turned = { remotename: "a", role: "standby" };
    expect(ha(sent, "<localname>b</localname>")).toEqual({ ...turned, localname: "b" });
    expect(ha(sent, "<tls>yes</tls><scertref>s</scertref>")).toEqual({ ...turned, tls: "", scertref: "s" });
    expect(ha(sent, "<tls></tls><mutualtls>yes</mutualtls><ccertref>s</ccertref>")).toEqual({
      ...turned,
      tls: "",
      mutualtls: "",
      ccertref: "s",
    });
    expect(ha(sent, "<scertref>s</scertref><mutualtls></mutualtls>")).toEqual(turned);
  });

  test("tidies the secondary's own flags even where it is not carried", () => {
    expect(
      ha("<role>primary</role>", "<role>standby</role><tls>yes</tls><mutualtls></mutualtls><ccertref>0</ccertref>", ""),
    ).toEqual({ role: "standby", tls: "", mutualtls: "" });
    expect(ha("<role>primary</role>", "<role>standby</role><tls></tls><ccertref>s</ccertref>", "")).toEqual({
      role: "standby",
      tls: "",
      ccertref: "s",
    });
  });

  test("gives a server without high availability a role and a partner", () => {
    const files = alter(newer, ["primary", ...section("<kea><a>1</a></kea>")]);
    expect(left(files, "kea")).toEqual({ a: "1", ha: { remotename: "brook-a", role: "standby" } });
  });
});

describe("virtual IPs", () => {
  const end = "\t</virtualip>";
  const vip = (more: string): string => `<vip>${more}</vip>${end}`;
  const last = (files: Files): unknown => (left(files, "virtualip") as { vip: unknown[] }).vip.at(-1);
  test.for([
    ["a skew that is no number", "<mode>carp</mode><advskew>x</advskew>", { mode: "carp", advskew: "100" }],
    ["a negative skew", "<mode>carp</mode><advskew>-1</advskew>", { mode: "carp", advskew: "99" }],
    ["an advbase that is no number", "<mode>carp</mode><advbase>x</advbase>", { mode: "carp", advbase: "0" }],
    [
      "a skew on an alias, whatever it means",
      "<mode>ipalias</mode><interface>lo0</interface><advskew>1</advskew>",
      { mode: "ipalias", interface: "lo0", advskew: "101" },
    ],
  ] as const)("%s", ([, more, expected]) => {
    expect(last(alter(["primary", end, vip(more)]))).toEqual(expected);
  });

  test("of mode other on the loopback are kept and sent, so that they multiply", () => {
    const other = "<mode>other</mode><interface>lo0</interface>";
    const files = alter(["both", end, vip(other)]);
    expect(
      (left(files, "virtualip") as { vip: { mode: string }[] }).vip.filter(({ mode }) => mode === "other"),
    ).toHaveLength(2);
  });

  test("leave an empty section where there are none", () => {
    const files = alter(["both", /\t<virtualip>[\s\S]*<\/virtualip>\n/, ""]);
    expect(left(files, "virtualip")).toBe("");
  });
});

describe("sections", () => {
  test("that are empty on the primary are gone from the secondary", () => {
    const schedules = section("<schedules><schedule><name>S</name></schedule></schedules>");
    for (const own of ["", "<schedules></schedules>"]) {
      const files = alter(["secondary", ...schedules], ["primary", ...section(own)]);
      expect(left(files, "schedules")).toBeUndefined();
    }
  });

  test("whose entries all stay at home arrive empty", () => {
    const files = change(small, "primary", "<name>web</name>", "<name>web</name><nosync></nosync>");
    expect(left(files, "aliases")).toBe("");
  });

  test("of lists beside the sections are replaced as a whole, and removed", () => {
    const ca = (name: string): Change => [
      "secondary",
      "\t<hasync>",
      `<ca><refid>${name}</refid></ca><crl><refid>${name}</refid></crl>\t<hasync>`,
    ];
    expect(left(alter(ca("1")), "ca")).toBeUndefined();
    expect(left(alter(ca("1")), "crl")).toBeUndefined();
  });

  test("of routes are sent even where the primary has no such section", () => {
    const files = alter(["primary", /\t<staticroutes>[\s\S]*<\/staticroutes>\n/, ""]);
    expect(left(files, "staticroutes")).toBe("");
    expect(left(alter(["both", /\t<staticroutes>[\s\S]*<\/staticroutes>\n/, ""]), "staticroutes")).toBe("");
  });

  test("of gateways wipe a kind that the primary has as an empty list", () => {
    const files = alter(["primary", /\t\t<gateway_item>[\s\S]*<\/gateway_item>\n/, "<gateway_item></gateway_item>"]);
    expect(left(files, "gateways/gateway_item")).toBeUndefined();
    expect(left(files, "gateways/defaultgw4")).toBe("WANGW");
  });

  test("of DHCPv6 are merged by interface in releases after 2.7", () => {
    const v6 = (name: string, text: string): string => `<${name}><ramode>${text}</ramode></${name}>`;
    const box: Change = ["primary", "\t</hasync>", "<synchronizekea6>on</synchronizekea6>\t</hasync>"];
    const files = (...more: readonly Change[]): Files =>
      alter(
        box,
        ["primary", ...section(`<dhcpdv6>${v6("lan", "p")}</dhcpdv6>`)],
        ["secondary", ...section(`<dhcpdv6>${v6("lan", "s")}${v6("opt1", "s")}</dhcpdv6>`)],
        ...more,
      );
    expect(left(files(newer), "dhcpdv6")).toEqual({ lan: { ramode: "p" }, opt1: { ramode: "s" } });
    expect(left(files(), "dhcpdv6")).toEqual({ lan: { ramode: "s" }, opt1: { ramode: "s" } });
  });

  test("keep what is marked nosync at home, and nothing else", () => {
    const hosts = (name: string): string =>
      `<${name}><hosts><host>a</host><nosync></nosync></hosts><hosts><host>b</host></hosts></${name}>`;
    const dnsmasq = alter(["primary", ...section(hosts("dnsmasq"))]);
    expect(left(dnsmasq, "dnsmasq")).toEqual({ hosts: [{ host: "b" }] });
    const tunnel = alter([
      "primary",
      ...section(
        "<ipsec><tunnel><a>1</a><nosync>off</nosync></tunnel><phase1><ikeid>1</ikeid><nosync></nosync></phase1></ipsec>",
      ),
    ]);
    expect(left(tunnel, "ipsec")).toEqual({ phase1: [{ ikeid: "1", nosync: "" }] });
  });

  test("of DHCP take the primary's address as failover peer, be it a word, and nothing where there is none", () => {
    const peer = (ipaddr: string): unknown =>
      left(alter(["primary", "<ipaddr>192.168.7.11<", `<ipaddr>${ipaddr}<`]), "dhcpd/lan/failover_peerip");
    expect(peer("192.168.7.13")).toBe("192.168.7.13");
    expect(peer("dhcp")).toBe("dhcp");
    expect(peer("")).toBe("192.168.7.12");
  });
});
