import { expect, test } from "vitest";
import { packageAcmeBoth } from "../../src/rules/package-acme-both.ts";
import { packageFrrRouterid } from "../../src/rules/package-frr-routerid.ts";
import { packageWireguardBoth } from "../../src/rules/package-wireguard-both.ts";
import { change, type Files, lintFiles, readFiles, report } from "../support/pair.ts";

const wireguard = readFiles("rules/package-wireguard-both/bad-same-key");
const acme = readFiles("rules/package-acme-both/bad-active-on-both");
const frr = readFiles("rules/package-frr-routerid/bad-one-id");
const off = (box: string, files: Files): Files =>
  change(files, "primary", `\t\t<synchronize${box}>on</synchronize${box}>\n`, "");

test.for([
  ["off on the primary", change(wireguard, "primary", "<enabled>yes", "<enabled>no")],
  ["of other names", change(wireguard, "secondary", "<name>tun_wg0", "<name>tun_wg1")],
  ["without key", change(wireguard, "both", /<privatekey>[^<]+/, "<privatekey>")],
  ["with masked keys", change(wireguard, "both", /<privatekey>[^<]+/, "<privatekey>[REDACTED]")],
] as const)("WireGuard tunnels %s are accepted", async ([, files]) => {
  expect(await report(packageWireguardBoth, files)).toBe("");
});

test("no WireGuard key is shown", async () => {
  expect(await report(packageWireguardBoth, wireguard)).not.toContain("ZXhhbXBs");
});

test.for([
  ["disabled on the primary", change(acme, "primary", "<status>active", "<status>disabled")],
  ["of other names", change(acme, "secondary", "<name>www.brook", "<name>mail.brook")],
] as const)("ACME certificates %s are accepted", async ([, files]) => {
  expect(await report(packageAcmeBoth, files)).toBe("");
});

test("ACME matters as long as any box carries certificates", async () => {
  expect(await report(packageAcmeBoth, off("certs", acme))).toContain("package-acme-both");
  expect(await report(packageAcmeBoth, off("openvpn", acme))).toContain("package-acme-both");
  expect((await lintFiles(off("openvpn", off("certs", acme)), [packageAcmeBoth])).notApplicable).toHaveLength(1);
});

test("a certificate that only one node gets by ACME is no matter", async () => {
  const files = change(acme, "secondary", /<acme>[\s\S]*<\/acme>/, "");
  expect((await lintFiles(files, [packageAcmeBoth])).notApplicable[0]?.reason).toBe(
    "no ACME certificate on both nodes",
  );
});

test.for([
  ["empty router ids, which FRR chooses itself", change(frr, "both", "<routerid>192.0.2.1", "<routerid>")],
  ["a router id on one node only", change(frr, "secondary", "<routerid>192.0.2.1", "<routerid>")],
] as const)("FRR with %s is accepted", async ([, files]) => {
  expect(await report(packageFrrRouterid, files)).toBe("");
});

test("FRR that is off on one node is no matter", async () => {
  const files = change(frr, "secondary", "<enable>on</enable>", "<enable></enable>");
  expect((await lintFiles(files, [packageFrrRouterid])).notApplicable).toHaveLength(1);
});
