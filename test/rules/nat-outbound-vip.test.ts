import { expect, test } from "vitest";
import { natOutboundVip } from "../../src/rules/nat-outbound-vip.ts";
import { alias, outbound, rule, vip, withVip } from "../support/nat.ts";
import { change, lintFiles, report, small } from "../support/pair.ts";

const automatic = outbound(small, "", "automatic");
const routed = withVip(small, vip("other", "wan", "203.0.113.32", 28));
const plain = withVip(small, vip("ipalias", "wan", "198.51.100.15"));
const own = rule({ to: "198.51.100.11" });

test.for([
  ["an alias of the CARP VIP as target", outbound(alias(small, "out", "198.51.100.10"), rule({ to: "out" }))],
  [
    "an alias that only the firewall can fill",
    outbound(alias(small, "out", "https://fw.example/out", "urltable"), rule({ to: "out" })),
  ],
  ["an alias of a host name", outbound(alias(small, "out", "vip.brook.example"), rule({ to: "out" }))],
  ["a pool that holds the CARP VIP", outbound(small, rule({ to: "198.51.100.8/29" }))],
  ["a pool that is routed to the nodes", outbound(routed, rule({ to: "203.0.113.32/28" }))],
  [
    "the target in a field of its own, as up to 22.9",
    outbound(small, rule({ to: "other-subnet", extra: "<targetip>198.51.100.10</targetip>" })),
  ],
  ["manual mode with such a rule", outbound(small, rule(), "advanced")],
  ["a rule to the interface address, which another rule reports", outbound(small, rule({ to: "wanip" }))],
  ["a rule to the primary's address, which another rule reports", outbound(small, own)],
  ["an unknown mode, which another rule reports", outbound(small, "", "manual")],
  [
    "a WAN without CARP VIP",
    change(automatic, "both", "<interface>wan</interface>\n\t\t\t<vhid>", "<interface>opt1</interface>\n\t\t\t<vhid>"),
  ],
  ["an interface without gateway", change(automatic, "both", "\t\t\t<gateway>WANGW</gateway>\n", "")],
  ["a gateway that says none", change(automatic, "both", "<gateway>WANGW</gateway>", "<gateway>none</gateway>")],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(natOutboundVip, files)).toBe("");
});

test.for([
  ["no mode, which is automatic", outbound(small, "", ""), "found automatic rules"],
  ["automatic mode, in which rules do not count", outbound(small, rule(), "automatic"), "found automatic rules"],
  ["a disabled rule", outbound(small, rule({ extra: "<disabled></disabled>" })), "found no rule"],
  ["a rule that exempts from NAT", outbound(small, rule({ extra: "<nonat></nonat>" })), "found no rule"],
  ["a rule on another interface", outbound(small, rule({ on: "opt1" })), "found no rule"],
  [
    "a rule for traffic of the node itself",
    outbound(small, rule({ from: "127.0.0.0/8", to: "wanip" })),
    "found no rule",
  ],
  ["a rule to a plain IP alias", outbound(plain, rule({ to: "198.51.100.15" })), "found no rule"],
  [
    "a rule to an address of the network that nobody holds",
    outbound(small, rule({ to: "198.51.100.99" })),
    "found no rule",
  ],
  [
    "a rule to the primary's address that stays there",
    outbound(small, rule({ to: "198.51.100.11", extra: "<nosync></nosync>" })),
    "found no rule",
  ],
  [
    "a rule to the primary's address where NAT does not travel",
    change(outbound(small, own), "primary", "<synchronizenat>on", "<synchronizenat>"),
    "found no rule",
  ],
] as const)("reports %s", async ([, files, found]) => {
  expect(await report(natOutboundVip, files)).toContain(found);
});

test("speaks once of each WAN, and names the private networks", async () => {
  const second = change(
    withVip(automatic, vip("carp", "opt1", "10.99.0.3", 30)),
    "both",
    "<descr><![CDATA[SYNC]]></descr>",
    "<descr><![CDATA[WAN2]]></descr><gateway>WAN2GW</gateway>",
  );
  const { diagnostics } = await lintFiles(second, [natOutboundVip]);
  expect(diagnostics.map(({ subject }) => subject).sort()).toEqual(["nat/outbound/opt1", "nat/outbound/wan"]);
  expect(diagnostics[0]?.message).toContain("private networks (lan)");
});

test("does not count the sync interface, nor a disabled one, as a private network", async () => {
  const off = change(automatic, "both", /(<lan>\s*)<enable><\/enable>(\s*<if>)/, "$1$2");
  expect((await lintFiles(off, [natOutboundVip])).notApplicable[0]?.reason).toBe(
    "no private network behind the primary",
  );
});
