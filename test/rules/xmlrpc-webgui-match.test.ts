import { expect, test } from "vitest";
import { xmlrpcWebguiMatch as rule } from "../../src/rules/xmlrpc-webgui-match.ts";
import { change, type Files, fixed, report, small } from "../support/pair.ts";

const gui = (primary: string, secondary: string): Files =>
  change(
    change(small, "primary", "<protocol>https</protocol>", primary),
    "secondary",
    "<protocol>https</protocol>",
    secondary,
  );
const https = "<protocol>https</protocol>";
const http = "<protocol>http</protocol>";

test.for([
  ["plain HTTP on both", gui(http, http)],
  ["one port of their own", gui(`${https}<port>8443</port>`, `${https}<port>8443</port>`)],
  ["HTTP on 80, written out on one node", gui(`${http}<port>80</port>`, http)],
  ["a primary without protocol, which dials HTTPS", gui("", https)],
  ["plain HTTP with port 443 on the primary, which dials it with TLS", gui(`${http}<port>443</port>`, https)],
  ["a port that cannot be read", gui(`${https}<port>webgui</port>`, http)],
  ["a port of the secondary that cannot be read", gui(https, `${http}<port>webgui</port>`)],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  [http, https, "expected HTTP on port 80, which the primary dials, found HTTPS on port 443", "the protocol of"],
  [https, "", "expected HTTPS on port 443, which the primary dials, found HTTP on port 80", "the protocol of"],
  [
    https,
    `${http}<port>443</port>`,
    "expected HTTPS on port 443, which the primary dials, found HTTP on port 443",
    "the protocol of",
  ],
  [
    `${http}<port>8080</port>`,
    http,
    "expected HTTP on port 8080, which the primary dials, found HTTP on port 80",
    "the port of",
  ],
] as const)("reports %s against %s", async ([primary, secondary, message, related]) => {
  const found = await report(rule, gui(primary, secondary));
  expect(found).toContain(message);
  expect(found).toContain(related);
});

test("writes what the primary says, protocol and port", async () => {
  const files = gui(`${http}<port>8080</port>`, https);
  expect((await fixed(rule, files)).secondary).toBe(
    files.secondary.replace(https, http).replace("\n\t\t</webgui>", "\n\t\t\t<port>8080</port>\n\t\t</webgui>"),
  );
});

test.for([
  ["has no protocol, and serves HTTP", "", http],
  ["serves plain HTTP on the port that it dials with TLS", `${http}<port>443</port>`, http],
] as const)("offers no fix where the primary itself %s", async ([, primary, secondary]) => {
  const found = await report(rule, gui(primary, secondary));
  expect(found).toContain("help:");
  expect(found).not.toContain("fix:");
});
