import { expect, test } from "vitest";
import { pfsyncSubnetMatch as rule } from "../../src/rules/pfsync-subnet-match.ts";
import { change, report, small } from "../support/pair.ts";

const address = (text: string) => change(small, "secondary", "10.99.0.2</ipaddr>", `${text}</ipaddr>`);

test.for([
  ["an address that is told", address("dhcp")],
  ["an address that the primary is told", change(small, "primary", "10.99.0.1</ipaddr>", "dhcp</ipaddr>")],
  ["a primary without a sync interface", change(small, "primary", "<pfsyncinterface>opt1<", "<pfsyncinterface><")],
  ["a prefix length that cannot be read", change(small, "secondary", "<subnet>30<", "<subnet>x<")],
  ["another choice of interface", change(small, "secondary", "<pfsyncinterface>opt1<", "<pfsyncinterface>lan<")],
  ["a node without pfsync", change(address("10.99.0.9"), "secondary", "<pfsyncenabled>on</pfsyncenabled>", "")],
  [
    "networks that have changed places",
    change(
      change(small, "secondary", "10.99.0.2</ipaddr>\n\t\t\t<subnet>30<", "192.168.7.12</ipaddr><subnet>24<"),
      "secondary",
      "192.168.7.12</ipaddr>\n\t\t\t<subnet>24<",
      "10.99.0.2</ipaddr><subnet>30<",
    ),
  ],
] as const)("is silent about %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test("points at the address where both differ", async () => {
  const files = change(address("10.99.0.130"), "secondary", "<subnet>30<", "<subnet>25<");
  expect(await report(rule, files)).toContain(
    "secondary.xml:73:12: error: sync interface opt1 (SYNC): expected an address in 10.99.0.0/30",
  );
});
