import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  contains,
  formatAddress,
  formatNetwork,
  overlaps,
  parseAddress,
  parseIpv4,
  parseIpv6,
  parseNetwork,
  range,
} from "../../src/model/address.ts";

test.for([
  ["192.0.2.1", "192.0.2.1"],
  ["0.0.0.0", "0.0.0.0"],
  ["255.255.255.255", "255.255.255.255"],
  ["2001:DB8::1", "2001:db8::1"],
  ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
  ["::", "::"],
  ["::1", "::1"],
  ["1::", "1::"],
  ["fe80::1%em0", "fe80::1"],
  ["::ffff:192.0.2.1", "::ffff:c000:201"],
  ["1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"],
  ["1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"],
] as const)("reads %s", ([text, canonical]) => {
  expect(formatAddress(parseAddress(text)!)).toBe(canonical);
});

test.for([
  "",
  "1.2.3",
  "1.2.3.4.5",
  "256.1.1.1",
  "01.2.3.4",
  "1.2.3.4 ",
  "1.2.3.-4",
  "0x1.2.3.4",
  "1:2:3:4:5:6:7",
  "1::2::3",
  ":::",
  ":1",
  "1:2:3:4:5:6:7:8:9",
  "12345::",
  "g::",
  "1.2.3.4::",
  "::1.2.3",
  "fe80::1%",
  "10.0.0.1/24",
  "example.com",
  "1:2:3:4:5:6:7:8::",
])("does not take %j for an address", (text) => {
  expect(parseAddress(text)).toBeUndefined();
});

test.for([
  ["10.1.2.3/8", "10.0.0.0/8"],
  ["192.0.2.9", "192.0.2.9/32"],
  ["2001:db8::5/64", "2001:db8::/64"],
  ["0.0.0.0/0", "0.0.0.0/0"],
] as const)("takes the network of %s", ([text, canonical]) => {
  expect(formatNetwork(parseNetwork(text)!)).toBe(canonical);
});

test.for(["10.0.0.0/33", "2001:db8::/129", "10.0.0.0/", "10.0.0.0/a", "/24"])(
  "does not take %s for a network",
  (text) => {
    expect(parseNetwork(text)).toBeUndefined();
  },
);

const address = fc.oneof(
  fc.nat({ max: 0xffffffff }).map((value) => ({ family: 4 as const, value: BigInt(value) })),
  fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }).map((value) => ({ family: 6 as const, value })),
);

test("writes what it reads as the same address", () => {
  fc.assert(
    fc.property(address, (one) => {
      const parse = one.family === 4 ? parseIpv4 : parseIpv6;
      expect(parse(formatAddress(one))).toEqual(one);
    }),
  );
});

test("a network holds exactly the addresses of its range, and overlaps what shares one", () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 0xffffffff }),
      fc.nat({ max: 32 }),
      fc.nat({ max: 0xffffffff }),
      fc.nat({ max: 32 }),
      (a, aBits, b, bBits) => {
        const text = (value: number): string => formatAddress({ family: 4, value: BigInt(value) });
        const outer = parseNetwork(`${text(a)}/${aBits}`)!;
        const other = parseNetwork(`${text(b)}/${bBits}`)!;
        const { first, last } = range(outer);
        expect(contains(outer, { family: 4, value: BigInt(b) })).toBe(first <= BigInt(b) && BigInt(b) <= last);
        const r = range(other);
        expect(overlaps(outer, other)).toBe(first <= r.last && r.first <= last);
      },
    ),
  );
});

test("families never mix", () => {
  expect(contains(parseNetwork("::/0")!, parseAddress("10.0.0.1")!)).toBe(false);
});
