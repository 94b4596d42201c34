import { expect, test } from "vitest";
import { pfsyncInterfaceExists as rule } from "../../src/rules/pfsync-interface-exists.ts";
import { change, report, small } from "../support/pair.ts";

const choice = (where: "primary" | "secondary" | "both", key: string) =>
  change(small, where, "<pfsyncinterface>opt1<", `<pfsyncinterface>${key}<`);
const disabled = "<enable></enable>\n\t\t\t<if>igb2</if>";

test("leaves an interface that the other node has to the rules about interfaces", async () => {
  expect(await report(rule, change(small, "secondary", disabled, "<if>igb2</if>"))).toBe("");
  expect(await report(rule, change(small, "secondary", /\t\t<opt1>[\s\S]*<\/opt1>\n/, ""))).toBe("");
});

test("offers the other node's key only where it is enabled here too", async () => {
  const files = choice("secondary", "opt9");
  expect(await report(rule, files)).toContain("fix: choose opt1, as on the other node");
  expect(await report(rule, change(files, "secondary", disabled, "<if>igb2</if>"))).toContain("help: choose");
});

test("says that an interface is there, but not enabled", async () => {
  expect(await report(rule, change(small, "both", disabled, "<if>igb2</if>"))).toContain(
    "expected an enabled interface, found opt1, which is not enabled",
  );
});

test("looks only at nodes that run pfsync", async () => {
  const files = change(choice("both", "lo0"), "secondary", "<pfsyncenabled>on</pfsyncenabled>", "");
  expect((await report(rule, files)).match(/\[pfsync-interface-exists\]/g)).toHaveLength(1);
});
