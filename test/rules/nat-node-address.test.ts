import { expect, test } from "vitest";
import { natNodeAddress } from "../../src/rules/nat-node-address.ts";
import { forward, outbound, rule, withNat } from "../support/nat.ts";
import { change, lintFiles, report, small } from "../support/pair.ts";

const own = "198.51.100.11";
const oneToOne = (extra = ""): string =>
  `<onetoone><interface>wan</interface><external>${own}</external>${extra}</onetoone>`;

test.for([
  ["the secondary's address", outbound(small, rule({ to: "198.51.100.12" }))],
  [
    "the address of an interface that is off",
    change(outbound(small, rule({ to: "10.99.0.1" })), "both", /(<opt1>\s*)<enable><\/enable>/, "$1"),
  ],
  ["a network that begins with the address", outbound(small, rule({ to: `${own}/30` }))],
  ["automatic mode, in which rules do not count", outbound(small, rule({ to: own }), "automatic")],
  ["a disabled rule", outbound(small, rule({ to: own, extra: "<disabled></disabled>" }))],
  ["a rule that exempts from NAT", outbound(small, rule({ to: own, extra: "<nonat></nonat>" }))],
  ["an outbound rule that stays", outbound(small, rule({ to: own, extra: "<nosync></nosync>" }))],
  ["a port forward that stays", withNat(small, forward(`<address>${own}</address>`, "<nosync></nosync>"))],
  ["a disabled port forward", withNat(small, forward(`<address>${own}</address>`, "<disabled></disabled>"))],
  ["a port forward that forwards nothing", withNat(small, forward(`<address>${own}</address>`, "<nordr></nordr>"))],
  ["a disabled 1:1 entry", withNat(small, oneToOne("<disabled></disabled>"))],
  ["a 1:1 entry that translates nothing", withNat(small, oneToOne("<nobinat></nobinat>"))],
] as const)("accepts %s", async ([, files]) => {
  expect(await report(natNodeAddress, files)).toBe("");
});

test.for([
  ["an outbound target", outbound(small, rule({ to: own })), "outbound NAT of 192.168.7.0/24 on wan"],
  [
    "an outbound target in a field of its own",
    outbound(small, rule({ to: "other-subnet", extra: `<targetip>${own}</targetip>` })),
    "outbound NAT",
  ],
  ["an address with its prefix length", outbound(small, rule({ to: `${own}/32` })), "outbound NAT"],
  [
    "a port forward's destination",
    withNat(small, forward(`<address>${own}</address>`)),
    "port forward of 198.51.100.11:443 on wan",
  ],
  [
    "a port forward's target",
    withNat(small, forward("<address>198.51.100.10</address>", "", "10.99.0.1")),
    "the primary's own on opt1 (SYNC)",
  ],
  [
    "a 1:1 entry, whose nosync does not count",
    withNat(small, oneToOne("<nosync></nosync>")),
    "1:1 NAT of 198.51.100.11 on wan",
  ],
] as const)("reports %s", async ([, files, found]) => {
  expect(await report(natNodeAddress, files)).toContain(found);
});

test("does not apply where NAT does not travel", async () => {
  const files = outbound(small, rule({ to: own }));
  const reason = async (find: string): Promise<string | undefined> =>
    (await lintFiles(change(files, "primary", find, find.replace(/>.*</, "><")), [natNodeAddress])).notApplicable[0]
      ?.reason;
  expect(await reason("<synchronizenat>on</synchronizenat>")).toBe("NAT is not selected for XMLRPC sync");
  expect(await reason("<synchronizetoip>10.99.0.2</synchronizetoip>")).toBe("the primary has no XMLRPC target");
});
