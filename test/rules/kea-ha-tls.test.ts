import { expect, test } from "vitest";
import { keaHaTls as rule } from "../../src/rules/kea-ha-tls.ts";
import { change, type Files, lintFiles, readFiles, report } from "../support/pair.ts";

const base = readFiles("rules/kea-ha-tls/good-mutual-on-both");
const plain = readFiles("rules/kea-ha-names/good-host-names");
const edit = (where: keyof Files | "both", find: string | RegExp, replacement: string, files: Files = base): Files =>
  change(files, where, find, replacement);
const mutual = /\t*<mutualtls><\/mutualtls>\n\t*<ccertref>\w+<\/ccertref>\n/;

test.for([
  ["no TLS on both", plain],
  ["TLS without mutual on both", edit("both", mutual, "")],
  ["mutual left over where TLS is off", change(plain, "primary", "<role>", "<mutualtls></mutualtls><role>")],
  [
    "certificates left over where TLS is off",
    change(plain, "both", "<role>", "<scertref>gone</scertref><ccertref>gone</ccertref><role>"),
  ],
  ["a client certificate left over where mutual is off", edit("both", mutual, "<ccertref>gone</ccertref>")],
  ["no certificate named", edit("both", /<scertref>\w+<\/scertref>/, "<scertref></scertref>")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(rule, files)).toBe("");
});

test.for([
  [
    "TLS on the secondary only",
    edit("primary", "<tls></tls>", ""),
    "expected tls on both nodes or on neither, found it on the secondary only",
  ],
  [
    "mutual on the primary only",
    edit("secondary", mutual, ""),
    "expected mutualtls on both nodes or on neither, found it on the primary only",
  ],
  [
    "a server certificate that the primary lacks",
    edit("primary", /<scertref>\w+</, "<scertref>gone<"),
    "expected scertref to name a certificate of the primary, found gone",
  ],
  [
    "a client certificate that the secondary lacks",
    edit("secondary", /<ccertref>\w+</, "<ccertref>gone<"),
    "expected ccertref to name a certificate of the secondary after a sync, found gone",
  ],
] as const)("reports %s", async ([, files, found]) => {
  expect(await report(rule, files)).toContain(found);
});

test("speaks of the certificates that the next sync leaves, if it carries any", async () => {
  const lost = readFiles("rules/kea-ha-tls/bad-certificate-lost-with-the-next-sync");
  const off = (box: string, files: Files): Files =>
    change(files, "primary", `\t\t<synchronize${box}>on</synchronize${box}>\n`, "");
  expect(await report(rule, off("certs", lost))).toContain("kea-ha-tls");
  expect(await report(rule, off("certs", off("openvpn", lost)))).toBe("");
});

test("looks at DHCPv6 too, and at nothing that is off", async () => {
  const six = (files: Files): Files => change(files, "both", "</kea>", "</kea><kea6><ha><enable></enable></ha></kea6>");
  const files = change(six(base), "primary", "<kea6><ha>", "<kea6><ha><tls></tls>");
  expect(await report(rule, files)).toContain("Kea HA of DHCPv6: expected tls on both nodes");
  expect(await report(rule, change(files, "secondary", "<kea6><ha><enable></enable>", "<kea6><ha>"))).toBe("");
  const isc = change(edit("primary", "<tls></tls>", ""), "both", "<dhcpbackend>kea", "<dhcpbackend>isc");
  expect((await lintFiles(isc, [rule])).notApplicable).toHaveLength(1);
});
