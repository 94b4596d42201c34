import { describe, expect, test } from "vitest";
import type { Rule } from "../../src/rules/rule.ts";
import { syncEntryLost } from "../../src/rules/sync-entry-lost.ts";
import { syncReferenceExists } from "../../src/rules/sync-reference-exists.ts";
import { syncRevisionOrder } from "../../src/rules/sync-revision-order.ts";
import { syncVipLost } from "../../src/rules/sync-vip-lost.ts";
import { syncWebguiCertificate } from "../../src/rules/sync-webgui-certificate.ts";
import { change, type Files, lintFiles, report, small } from "../support/pair.ts";

const subjects = async (rule: Rule, files: Files): Promise<string[]> =>
  (await lintFiles(files, [rule])).diagnostics.map(({ subject }) => subject);
const reasons = async (rule: Rule, files: Files): Promise<string[]> =>
  (await lintFiles(files, [rule])).notApplicable.map(({ reason }) => reason);

type Change = readonly ["primary" | "secondary" | "both", string | RegExp, string];
const alter = (files: Files, ...changes: readonly Change[]): Files =>
  changes.reduce((pair, [where, find, replacement]) => change(pair, where, find, replacement), files);
const unticked = (box: string): Change => ["primary", `\t\t<synchronize${box}>on</synchronize${box}>\n`, ""];

test.for(
  [syncEntryLost, syncReferenceExists, syncRevisionOrder, syncVipLost, syncWebguiCertificate].map(
    (rule) => [rule.id, rule] as const,
  ),
)("%s does not apply where the config versions differ", async ([, rule]) => {
  const files = change(small, "primary", "<version>23.3<", "<version>22.9<");
  expect(await reasons(rule, files)).toEqual(["the config versions differ"]);
});

describe("sync-entry-lost", () => {
  const next = "\t\t<nextuid>2001</nextuid>";
  const user = (name: string, uid: string, kind = "user", id = "uid"): string =>
    `<${kind}><name>${name}</name><${id}>${uid}</${id}></${kind}>`;
  test.for([
    ["the lowest uid that is deleted", user("a", "2000"), ["user/a"]],
    ["the highest", user("a", "65000"), ["user/a"]],
    ["a uid below", user("a", "1999"), []],
    ["a uid above", user("a", "65001"), []],
    ["no uid", "<user><name>a</name></user>", []],
    [
      "three, of which the next sync finds one",
      user("a", "2000") + user("b", "2001") + user("c", "2002"),
      ["user/a", "user/b", "user/c"],
    ],
    ["a group", user("g", "1999", "group", "gid"), ["group/g"]],
    ["a system group", user("g", "1998", "group", "gid"), []],
  ] as const)("of accounts: %s", async ([, own, expected]) => {
    expect(await subjects(syncEntryLost, change(small, "secondary", next, own + next))).toEqual(expected);
    const notSent = alter(small, unticked("users"), ["secondary", next, own + next]);
    expect(await subjects(syncEntryLost, notSent)).toEqual([]);
  });

  test.for([
    ["an alias", "\t</aliases>", "<alias><name>x</name></alias>\t</aliases>", "alias/x"],
    ["a whole interface of DHCP", "\t</dhcpd>", "<opt1><enable></enable></opt1>\t</dhcpd>", "dhcpd/opt1"],
    ["a gateway", "\t\t<defaultgw4>", "<gateway_item><name>X</name></gateway_item>\t\t<defaultgw4>", "gateway/X"],
    [
      "a schedule",
      "\t<unbound>",
      "<schedules><schedule><name>S</name></schedule></schedules>\t<unbound>",
      "schedule/S",
    ],
    [
      "a captive portal zone",
      "\t<unbound>",
      "<captiveportal><old><zone>old</zone></old></captiveportal>\t<unbound>",
      "captiveportal/old",
    ],
  ] as const)("of %s", async ([, find, replacement, subject]) => {
    expect(await subjects(syncEntryLost, change(small, "secondary", find, replacement))).toEqual([subject]);
    expect(await subjects(syncEntryLost, change(small, "primary", find, replacement))).toEqual([]);
    expect(await subjects(syncEntryLost, change(small, "both", find, replacement))).toEqual([]);
  });

  test("is silent about VIPs, single settings, and gateway groups that survive", async () => {
    const files = alter(
      small,
      [
        "secondary",
        "\t</virtualip>",
        "<vip><mode>carp</mode><interface>lan</interface><vhid>9</vhid></vip>\t</virtualip>",
      ],
      ["secondary", "\t</unbound>", "<port>5353</port>\t</unbound>"],
      ["secondary", "\t\t<defaultgw4>", "<gateway_group><name>G</name></gateway_group>\t\t<defaultgw4>"],
    );
    expect(await subjects(syncEntryLost, files)).toEqual([]);
  });

  const access = (protocol: string, port: string, more = "", on = "opt1", type = "pass"): string =>
    `<rule><tracker>7</tracker><type>${type}</type><interface>${on}</interface>${more}<protocol>${protocol}</protocol><source><address>10.99.0.1</address></source><destination><address>10.99.0.2</address>${port && `<port>${port}</port>`}</destination></rule>\t</filter>`;
  const lost = ["filter/rule/7"];
  test.for([
    ["pfsync", access("pfsync", ""), []],
    ["XMLRPC", access("tcp", "443"), []],
    ["another port", access("tcp", "22"), lost],
    ["every port", access("tcp", ""), lost],
    ["another protocol", access("udp", "443"), lost],
    ["another interface", access("pfsync", "", "", "lan"), lost],
    ["a floating rule", access("pfsync", "", "<floating>yes</floating>"), lost],
    ["a rule that blocks", access("pfsync", "", "", "opt1", "block"), lost],
    ["a rule without a type, which passes", access("pfsync", "", "", "opt1", ""), []],
  ] as const)("of access to the sync interface: %s", async ([, own, expected]) => {
    const files = change(small, "secondary", "\t</filter>", own);
    expect(await subjects(syncEntryLost, files)).toEqual(expected);
  });

  test("of access to the sync interface that the primary's rules do not give afterwards", async () => {
    const files = alter(
      small,
      ["primary", "<protocol>pfsync</protocol>", "<disabled></disabled><protocol>pfsync</protocol>"],
      ["secondary", "\t</filter>", access("pfsync", "")],
    );
    expect(await subjects(syncEntryLost, files)).toEqual(lost);
  });

  test.for([
    ["an alias", "</aliases>", "<alias><name>x</name><nosync></nosync></alias>"],
    [
      "a rule",
      "</filter>",
      "<rule><tracker>7</tracker><type>pass</type><interface>lan</interface><nosync></nosync></rule>",
    ],
  ] as const)("says of %s that the primary has and keeps back where it is kept", async ([, find, own]) => {
    const kept = change(small, "primary", `\t${find}`, `${own}\t${find}`);
    const files = change(kept, "secondary", `\t${find}`, `${own.replace("<nosync></nosync>", "")}\t${find}`);
    const said = await report(syncEntryLost, files);
    expect(said).toContain(": expected the primary to send it, found it kept back there, so sync deletes it here [");
    expect(said).toMatch(/^ {2}primary\.xml:\d+:\d+: the mark that keeps it on the primary$/m);
    expect(said).toContain("help: untick No XMLRPC Sync on the primary, or");
    const other = change(files, "primary", own, own.replace(/>[x7]</, ">8<"));
    expect(await report(syncEntryLost, other)).toContain(
      ": expected it on the primary too, found it on the secondary only",
    );
  });

  test("does not say so of an entry that the primary sends", async () => {
    const rule = (type: string): string =>
      `<rule><tracker>7</tracker><type>${type}</type><interface>lan</interface></rule>`;
    const sent = change(small, "both", "\t</filter>", `${rule("pass")}\t</filter>`);
    const twice = change(sent, "secondary", "\t</filter>", `${rule("block")}\t</filter>`);
    expect(await report(syncEntryLost, twice)).toContain("found it on the secondary only");
  });

  test("of access for Kea's partner", async () => {
    const ha = (own: string, port: string): string =>
      `<kea><ha><enable></enable><localip>${own}</localip>${port}</ha></kea>\t<nat>`;
    const pass = access("tcp", "8765").replace("<tracker>7<", "<tracker>8<");
    const files = (port: string): Files =>
      alter(
        small,
        ["both", "<version>23.3<", "<version>24.5<"],
        ["primary", "\t<nat>", ha("10.99.0.1", "<remoteip>10.99.0.2</remoteip>")],
        ["secondary", "\t<nat>", ha("10.99.0.2", "")],
        ["primary", "\t</filter>", pass],
        ["secondary", "\t</filter>", access("tcp", port)],
      );
    expect(await subjects(syncEntryLost, files("8765"))).toEqual([]);
    expect(await subjects(syncEntryLost, files("8766"))).toEqual(lost);
    const onLan = (port: string): Files => {
      const swap = (content: string): string =>
        content.replace(/(<kea>[\s\S]*)10\.99\.0\.([12])(<\/localip>)/, "$1192.168.7.1$2$3");
      const { primary, secondary } = files(port);
      const rule = (content: string): string => content.replace(/(<tracker>[78]<.*?<interface>)opt1</g, "$1lan<");
      return { primary: rule(swap(primary)), secondary: rule(swap(secondary)) };
    };
    expect(await subjects(syncEntryLost, onLan("8765"))).toEqual([]);
    expect(await subjects(syncEntryLost, onLan("8766"))).toEqual(lost);
  });

  test("leaves the web GUI's certificate to its rule, while that speaks of it", async () => {
    const gone = change(small, "primary", /\t<cert>\n\t\t<refid>64b0c0ffee0b1[\s\S]*?<\/cert>\n/, "");
    expect(await subjects(syncEntryLost, gone)).toEqual([]);
    const http = change(gone, "both", "<protocol>https<", "<protocol>http<");
    expect(await subjects(syncEntryLost, http)).toEqual(["cert/64b0c0ffee0b1"]);
  });

  test("does not apply where nothing is sent", async () => {
    expect(
      await reasons(syncEntryLost, change(small, "primary", "<synchronizetoip>10.99.0.2<", "<synchronizetoip><")),
    ).toEqual(["XMLRPC sync does not carry anything"]);
  });
});

describe("sync-vip-lost", () => {
  const vip = (mode: string, on: string, subnet = "192.168.7.77", more = ""): string =>
    `<vip><mode>${mode}</mode><interface>${on}</interface>${more}<subnet>${subnet}</subnet></vip>\t</virtualip>`;
  test.for([
    ["a CARP VIP", vip("carp", "lan", "192.168.7.77", "<vhid>9</vhid>"), ["vip/lan/9"]],
    ["one of mode other", vip("other", "lan"), ["vip/lan/192.168.7.77"]],
    ["a stacked IP alias, which vip-stacked-match reports", vip("ipalias", "_vip64b0000000002"), []],
    ["one whose parent is gone", vip("ipalias", "_vip64bffffffffff"), ["vip/_vip64bffffffffff/192.168.7.77"]],
    ["an IP alias on the loopback", vip("ipalias", "lo0"), ["vip/lo0/192.168.7.77"]],
    ["a plain IP alias", vip("ipalias", "lan"), []],
    ["proxy ARP", vip("proxyarp", "lan"), []],
    ["an address that the primary sends under another VHID", vip("carp", "lan", "192.168.7.1", "<vhid>9</vhid>"), []],
    ["that address on another interface", vip("carp", "opt1", "192.168.7.1", "<vhid>9</vhid>"), ["vip/opt1/9"]],
  ] as const)("of %s", async ([, own, expected]) => {
    expect(await subjects(syncVipLost, change(small, "secondary", "\t</virtualip>", own))).toEqual(expected);
  });
});

describe("sync-webgui-certificate", () => {
  const gone: Change = ["primary", /\t<cert>\n\t\t<refid>64b0c0ffee0b1[\s\S]*?<\/cert>\n/, ""];
  test.for([
    ["one that only the secondary has", alter(small, gone), 1],
    ["one that nobody has", change(small, "secondary", "<ssl-certref>64b0c0ffee0b1<", "<ssl-certref>0<"), 1],
    ["none", alter(small, gone, ["secondary", "<ssl-certref>64b0c0ffee0b1<", "<ssl-certref><"]), 0],
    ["certificates that ride with OpenVPN", alter(small, gone, unticked("certs")), 1],
    ["certificates that stay", alter(small, gone, unticked("certs"), unticked("openvpn")), 0],
  ] as const)("of %s", async ([, files, count]) => {
    expect(await subjects(syncWebguiCertificate, files)).toHaveLength(count);
  });
});

test("sync-webgui-certificate tells a certificate that is gone from one that will be", async () => {
  const messages = async (files: Files): Promise<string[]> =>
    (await lintFiles(files, [syncWebguiCertificate])).diagnostics.map(({ message, help }) => `${message}; ${help}`);
  const gone = change(small, "primary", /\t<cert>\n\t\t<refid>64b0c0ffee0b1[\s\S]*?<\/cert>\n/, "");
  expect((await messages(gone))[0]).toMatch(/found "GUI brook-b", which each sync removes; import the secondary's/);
  const nowhere = change(small, "secondary", "<ssl-certref>64b0c0ffee0b1<", "<ssl-certref>0<");
  expect((await messages(nowhere))[0]).toMatch(/found 0, which neither node has; create a certificate/);
});

describe("sync-reference-exists", () => {
  const server = "<authserver><name>Directory</name><type>radius</type></authserver>\t\t<nextuid>";
  const cert =
    "<cert><refid>c1</refid><descr>One</descr></cert><ca><refid>a1</refid><descr>Root</descr></ca>\t<hasync>";
  const end = "\t<unbound>";
  const pair = (content: string, ...more: readonly Change[]): Files =>
    alter(
      small,
      unticked("authservers"),
      unticked("certs"),
      ...more,
      ["primary", "\t\t<nextuid>", server],
      ["primary", "\t<hasync>", cert],
      ["both", end, `${content}${end}`],
    );
  const noOpenvpn = unticked("openvpn");
  const openvpn = (field: string, more = ""): string =>
    `<openvpn><openvpn-client><vpnid>1</vpnid>${more}${field}</openvpn-client></openvpn>`;
  const phase1 = (method: string, more = ""): string =>
    `<ipsec><phase1><ikeid>1</ikeid>${more}<authentication_method>${method}</authentication_method><certref>c1</certref><caref>a1</caref></phase1></ipsec>`;
  const zone = (more: string): string => `<captiveportal><guests>${more}</guests></captiveportal>`;

  test.for([
    ["the server of an OpenVPN client", pair(openvpn("<authmode>Directory</authmode>")), ["openvpn/client/1/authmode"]],
    [
      "one among several",
      pair(openvpn("<authmode>Local Database,Directory</authmode>")),
      ["openvpn/client/1/authmode"],
    ],
    ["a server that nobody has", pair(openvpn("<authmode>Elsewhere</authmode>")), []],
    ["a disabled client", pair(openvpn("<authmode>Directory</authmode>", "<disable></disable>")), []],
    ["a client that does not travel", pair(openvpn("<authmode>Directory</authmode>"), noOpenvpn), []],
    ["certificates that ride with OpenVPN", pair(openvpn("<certref>c1</certref>")), []],
    [
      "certificate and CA of an IPsec tunnel",
      pair(phase1("cert"), noOpenvpn),
      ["ipsec/phase1/1/certref", "ipsec/phase1/1/caref"],
    ],
    ["what is left in a tunnel with a shared key", pair(phase1("pre_shared_key"), noOpenvpn), []],
    ["a disabled tunnel", pair(phase1("cert", "<disabled></disabled>"), noOpenvpn), []],
    [
      "the server of mobile clients",
      pair("<ipsec><client><enable></enable><user_source>Directory</user_source></client></ipsec>"),
      ["ipsec/client/user_source"],
    ],
    ["mobile clients that are off", pair("<ipsec><client><user_source>Directory</user_source></client></ipsec>"), []],
    [
      "the server of a captive portal",
      pair(zone("<enable></enable><auth_server>radius - Directory</auth_server>")),
      ["captiveportal/guests/auth_server"],
    ],
    [
      "its second server",
      pair(zone("<enable></enable><auth_server2>Local Auth - Local Database,radius - Directory</auth_server2>")),
      ["captiveportal/guests/auth_server2"],
    ],
    [
      "its certificate",
      pair(zone("<enable></enable><httpslogin></httpslogin><certref>c1</certref>"), noOpenvpn),
      ["captiveportal/guests/certref"],
    ],
    ["its certificate without TLS", pair(zone("<enable></enable><certref>c1</certref>"), noOpenvpn), []],
    ["a zone that is off", pair(zone("<auth_server>radius - Directory</auth_server>")), []],
  ] as const)("of %s", async ([, files, expected]) => {
    expect(await subjects(syncReferenceExists, files)).toEqual(expected);
  });

  test("of the resolver, with TLS only", async () => {
    const certificate: Change = ["primary", "\t<hasync>", cert];
    const tls = (more: string): Files =>
      alter(small, unticked("certs"), noOpenvpn, certificate, [
        "both",
        "\t</unbound>",
        `${more}<sslcertref>c1</sslcertref>\t</unbound>`,
      ]);
    expect(await subjects(syncReferenceExists, tls("<enablessl></enablessl>"))).toEqual(["unbound/sslcertref"]);
    expect(await subjects(syncReferenceExists, tls(""))).toEqual([]);
    expect(
      await subjects(syncReferenceExists, change(tls("<enablessl></enablessl>"), "secondary", "\t<hasync>", cert)),
    ).toEqual([]);
  });

  test("of accounts that travel", async () => {
    const user = (uid: number): string => `<user><name>u</name><uid>${uid}</uid><cert>c1</cert></user>\t\t<nextuid>`;
    const files = (uid: number): Files =>
      alter(small, unticked("certs"), noOpenvpn, ["primary", "\t<hasync>", cert], ["both", "\t\t<nextuid>", user(uid)]);
    expect(await subjects(syncReferenceExists, files(2001))).toEqual(["user/u/cert"]);
    expect(await subjects(syncReferenceExists, files(1500))).toEqual([]);
    const withAdministrators = change(files(1500), "primary", "\t</hasync>", "<adminsync>on</adminsync>\t</hasync>");
    expect(await subjects(syncReferenceExists, withAdministrators)).toEqual(["user/u/cert"]);
  });

  test("of LDAP servers, not of RADIUS", async () => {
    const files = (type: string): Files =>
      alter(
        small,
        unticked("certs"),
        noOpenvpn,
        ["primary", "\t<hasync>", cert],
        [
          "both",
          "\t\t<nextuid>",
          `<authserver><name>D</name><type>${type}</type><ldap_caref>a1</ldap_caref></authserver>\t\t<nextuid>`,
        ],
      );
    expect(await subjects(syncReferenceExists, files("ldap"))).toEqual(["authserver/D/ldap_caref"]);
    expect(await subjects(syncReferenceExists, files("radius"))).toEqual([]);
  });

  test("of the secondary's web GUI, whatever travels", async () => {
    const files = pair("", ["secondary", "<protocol>https<", "<authmode>Directory</authmode><protocol>https<"]);
    expect(await subjects(syncReferenceExists, files)).toEqual(["system/webgui/authmode"]);
    const primaryOnly = pair("", ["primary", "<protocol>https<", "<authmode>Directory</authmode><protocol>https<"]);
    expect(await subjects(syncReferenceExists, primaryOnly)).toEqual([]);
  });
});

describe("sync-revision-order", () => {
  const saved = "<time>1690000100</time>";
  const later = (seconds: number): Files => change(small, "primary", saved, `<time>${1_690_000_100 + seconds}</time>`);
  test.for([
    ["the same second", small, 0],
    ["a minute", later(60), 0],
    ["more than a minute", later(61), 1],
    ["a secondary that was written later", later(-1000), 0],
  ] as const)("of %s", async ([, files, count]) => {
    expect(await subjects(syncRevisionOrder, files)).toHaveLength(count);
  });

  test("does not apply without a target, nor without both times", async () => {
    expect(
      await reasons(
        syncRevisionOrder,
        change(later(61), "primary", "<synchronizetoip>10.99.0.2<", "<synchronizetoip><"),
      ),
    ).toEqual(["the primary has no XMLRPC target"]);
    for (const where of ["primary", "secondary"] as const) {
      expect(await reasons(syncRevisionOrder, change(small, where, saved, "<time></time>"))).toEqual([
        "one of the files does not say when it was written",
      ]);
    }
  });
});
