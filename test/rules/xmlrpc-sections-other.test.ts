import { expect, test } from "vitest";
import { xmlrpcSectionsOther as rule } from "../../src/rules/xmlrpc-sections-other.ts";
import { change, type Files, report, small } from "../support/pair.ts";

const off = (files: Files, ...boxes: readonly string[]): Files =>
  boxes.reduce((pair, box) => change(pair, "primary", `\t\t<synchronize${box}>on</synchronize${box}>\n`, ""), files);
const add = (text: string, files: Files = small): Files => change(files, "primary", "</pfsense>", `${text}</pfsense>`);
const version = (number: string, files: Files): Files => change(files, "both", ">23.3<", `>${number}<`);

const noOwnUser = change(small, "primary", "<uid>2000</uid>", "<uid>1</uid>");
const schedule = add("<schedules><schedule><name>night</name></schedule></schedules>");
const zone = "<captiveportal><guests><zone>guests</zone><enable></enable></guests></captiveportal>";
const relay = "<dhcrelay><enable></enable></dhcrelay><dhcrelay6><enable></enable></dhcrelay6>";
const advertises = add("<dhcpbackend>kea</dhcpbackend><dhcpdv6><lan><ramode>router</ramode></lan></dhcpdv6>");

test.for([
  ["schedules", off(schedule, "schedules", "rules")],
  ["users", off(small, "users")],
  ["users", off(change(noOwnUser, "primary", "<gid>1999</gid>", "<gid>2001</gid>"), "users")],
  [
    "authservers",
    off(change(small, "primary", "</system>", "<authserver><name>ldap</name></authserver></system>"), "authservers"),
  ],
  ["certs", off(small, "certs", "openvpn")],
  ["staticroutes", off(small, "staticroutes")],
  ["staticroutes", off(change(small, "primary", /<staticroutes>[\s\S]*<\/staticroutes>/, ""), "staticroutes")],
  ["trafficshaper", off(add("<shaper><queue><name>wan</name></queue></shaper>"), "trafficshaper")],
  ["trafficshaperlimiter", off(add("<dnshaper><queue><name>up</name></queue></dnshaper>"), "trafficshaperlimiter")],
  ["wol", off(add("<wol><wolentry><mac>02:00:5e:00:53:01</mac></wolentry></wol>"), "wol")],
  ["captiveportal", off(add(zone), "captiveportal")],
  ["dhcrelay", off(add(relay), "dhcrelay")],
  ["dhcrelay6", off(add(relay), "dhcrelay6")],
  ["kea6", version("24.5", advertises)],
] as const)("asks for %s if the primary uses it", async ([box, files]) => {
  const found = await report(rule, files);
  expect(found).toContain(`expected synchronize${box} on`);
  expect(found.match(/\[xmlrpc-sections-other\]/g)).toHaveLength(1);
});

test.for([
  ["schedules, which rules carry", off(schedule, "schedules")],
  ["users, if there is none but those of pfSense itself", off(noOwnUser, "users")],
  ["certificates, which OpenVPN carries", off(small, "certs")],
  [
    "certificates, if the web GUI's is the only one",
    off(change(small, "primary", /\t<cert>\s*<refid>64b0c0ffee0b1[\s\S]*?<\/cert>\n/, ""), "certs", "openvpn"),
  ],
  [
    "routes, if there is neither a route nor a gateway",
    off(
      change(
        change(small, "primary", /<staticroutes>[\s\S]*<\/staticroutes>/, ""),
        "primary",
        /<gateways>[\s\S]*<\/gateways>/,
        "",
      ),
      "staticroutes",
    ),
  ],
  [
    "empty sections",
    off(
      add("<shaper></shaper><dnshaper></dnshaper><wol></wol><captiveportal></captiveportal>"),
      "trafficshaper",
      "trafficshaperlimiter",
      "wol",
      "captiveportal",
    ),
  ],
  ["a captive portal that is off", off(add(zone.replace("<enable></enable>", "")), "captiveportal")],
  [
    "a relay that is off",
    off(add(relay.replaceAll("<enable></enable>", "<server>192.0.2.67</server>")), "dhcrelay", "dhcrelay6"),
  ],
  ["a relay before there was a box for it", version("21.7", off(add(relay), "dhcrelay", "dhcrelay6"))],
  ["DHCPv6 before there was a box for it", advertises],
  ["DHCPv6 without Kea", version("24.5", change(advertises, "primary", "<dhcpbackend>kea", "<dhcpbackend>isc"))],
  ["DHCPv6 that is off", version("24.5", change(advertises, "primary", "<ramode>router", "<ramode>disabled"))],
  ["sections that the other rule asks for", off(small, "nat", "aliases", "virtualip")],
] as const)("does not ask for %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});
