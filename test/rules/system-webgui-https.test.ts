import { expect, test } from "vitest";
import { systemWebguiHttps as rule } from "../../src/rules/system-webgui-https.ts";
import { change, fixed, report, small } from "../support/pair.ts";

const protocol = (where: "primary" | "secondary" | "both", text: string) =>
  change(small, where, "<protocol>https</protocol>\n", text);

test("knows that nothing means http", async () => {
  const printed = await report(rule, protocol("both", ""));
  expect(printed).toContain(
    "primary.xml:46:3: warning: web GUI of the primary: expected https, found none, which means http",
  );
  expect(printed.match(/\[system-webgui-https\]/g)).toHaveLength(2);
});

test("leaves a secondary that HTTPS does not reach to xmlrpc-webgui-match", async () => {
  expect(await report(rule, protocol("secondary", "<protocol>http</protocol>"))).toBe("");
});

test("writes https on both nodes", async () => {
  expect(await fixed(rule, protocol("both", "<protocol>http</protocol>\n"))).toEqual(small);
});
