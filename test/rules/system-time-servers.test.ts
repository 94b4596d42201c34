import { expect, test } from "vitest";
import { systemTimeServers as rule } from "../../src/rules/system-time-servers.ts";
import { change, fixed, report, small } from "../support/pair.ts";

const empty = change(small, "secondary", "<timeservers>ntp.example<", "<timeservers><");
const withoutPeers = change(empty, "both", /<failover_peerip>.*<\/failover_peerip>/g, "");
const kea = (files: typeof small, where: "both" | "primary") =>
  change(
    change(files, "both", "<dhcpd>", "<dhcpbackend>kea</dhcpbackend><dhcpd>"),
    where,
    "<hasync>",
    "<kea><ha><enable></enable></ha></kea><hasync>",
  );

test("copies the other node's", async () => {
  expect(await fixed(rule, empty)).toEqual(small);
});

test.for([
  ["Kea HA on both nodes", kea(withoutPeers, "both"), true],
  ["Kea HA on one node", kea(withoutPeers, "primary"), false],
  ["a failover peer that Kea ignores", kea(empty, "primary"), false],
  ["no failover", withoutPeers, false],
] as const)("%s: %s", async ([, files, reported]) => {
  expect((await report(rule, files)).includes(rule.id)).toBe(reported);
});
