import { expect, test } from "vitest";
import { interfaceEnabledMatch as rule } from "../../src/rules/interface-enabled-match.ts";
import { withInterfaces } from "../support/interfaces.ts";
import { change, fixed, report, small } from "../support/pair.ts";

const off = (where: "primary" | "secondary", device: string, files = small) =>
  change(files, where, `<enable></enable>\n\t\t\t<if>${device}</if>`, `<if>${device}</if>`);
const unused = withInterfaces([{ key: "opt2" }], [{ key: "opt2", off: true }]);
const into = (where: "primary" | "secondary", close: string, element: string) =>
  change(unused, where, close, `${element}${close}`);

test.for([
  ["a CARP VIP", off("primary", "igb0"), "used by VHID 1 on wan"],
  ["pfsync", off("secondary", "igb2"), "used by pfsync"],
  [
    "a DHCP server of the secondary",
    into("secondary", "</dhcpd>", "<opt2><enable></enable></opt2>"),
    "used by the DHCP server",
  ],
  [
    "a stacked IP alias",
    into(
      "primary",
      "</virtualip>",
      "<vip><mode>ipalias</mode><interface>opt2</interface><subnet>172.16.5.9</subnet></vip>",
    ),
    "used by IP alias 172.16.5.9",
  ],
  [
    "a rule of the primary",
    into(
      "primary",
      "</filter>",
      "<rule><interface>wan,opt2</interface><floating>yes</floating><descr>x</descr></rule>",
    ),
    'used by rule "x" on wan,opt2',
  ],
] as const)("reports an interface that %s needs", async ([, files, use]) => {
  expect(await report(rule, files)).toContain(use);
});

test("enables it, and nothing else", async () => {
  const after = await fixed(rule, off("secondary", "igb2"));
  expect(after.primary).toBe(small.primary);
  expect(after.secondary).toContain("<subnet>30</subnet>\n\t\t\t<enable></enable>\n\t\t</opt1>");
});

test.for([
  ["nobody needs", unused],
  ["a rule of the secondary alone names", into("secondary", "</filter>", "<rule><interface>opt2</interface></rule>")],
  [
    "a rule that is off names",
    into("primary", "</filter>", "<rule><disabled></disabled><interface>opt2</interface></rule>"),
  ],
  ["is off on both nodes", off("primary", "igb0", off("secondary", "igb0"))],
  ["pfsync names while it is off", withoutPfsync()],
] as const)("accepts an interface that %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

/** Rules on the sync interface would be another reason. */
function withoutPfsync() {
  const files = change(off("secondary", "igb2"), "both", /<pfsyncenabled>on<\/pfsyncenabled>/g, "");
  return change(files, "both", /<interface>opt1<\/interface>/g, "<interface>lan</interface>");
}
