import { expect, test } from "vitest";
import { pfsyncInterfaceGateway as rule } from "../../src/rules/pfsync-interface-gateway.ts";
import { change, fixed, report, small } from "../support/pair.ts";

const gateways = change(
  small,
  "primary",
  "<subnet>30</subnet>",
  "<subnet>30</subnet><gateway>A</gateway><gatewayv6>B</gatewayv6>",
);

test("reports both families, and empties both", async () => {
  expect((await report(rule, gateways)).match(/\[pfsync-interface-gateway\]/g)).toHaveLength(2);
  expect((await fixed(rule, gateways)).primary).toContain("<gateway></gateway><gatewayv6></gatewayv6>");
});

test("accepts the gateway of a WAN that carries pfsync", async () => {
  const wan = change(small, "both", "<pfsyncinterface>opt1<", "<pfsyncinterface>wan<");
  expect(await report(rule, wan)).toBe("");
});
