import { expect, test } from "vitest";
import { pfsyncInterfaceDedicated as rule } from "../../src/rules/pfsync-interface-dedicated.ts";
import { change, report, small } from "../support/pair.ts";

const choice = (where: "primary" | "secondary" | "both", key: string) =>
  change(small, where, "<pfsyncinterface>opt1<", `<pfsyncinterface>${key}<`);

test("names all that the interface does besides", async () => {
  const files = change(
    choice("both", "wan"),
    "both",
    "<hasync>",
    "<bridges><bridged><members>wan</members></bridged></bridges><hasync>",
  );
  expect(await report(rule, files)).toContain(
    "found wan, which carries CARP VIPs and is a member of a bridge and is the WAN",
  );
});

test("reports the WAN even without a VIP", async () => {
  const files = change(
    choice("both", "wan"),
    "both",
    /<interface>wan<\/interface>\n\t\t\t<vhid>/g,
    "<interface>lan</interface><vhid>",
  );
  expect(await report(rule, files)).toContain("found wan, which is the WAN [");
});

test("blames the primary alone where the nodes have chosen differently", async () => {
  const files = change(choice("secondary", "lan"), "primary", "<pfsyncinterface>opt1<", "<pfsyncinterface>wan<");
  expect((await report(rule, files)).match(/^\S+\.xml/gm)).toEqual(["primary.xml"]);
});
