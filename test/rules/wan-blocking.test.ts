import { describe, expect, test } from "vitest";
import { wanBlockingMatch } from "../../src/rules/wan-blocking-match.ts";
import { wanBogonBlocking } from "../../src/rules/wan-bogon-blocking.ts";
import { wanPrivateBlocking } from "../../src/rules/wan-private-blocking.ts";
import { change, type Files, lintFiles, report, small } from "../support/pair.ts";

const devices = { wan: "<if>igb0</if>", lan: "<if>igb1</if>", opt1: "<if>igb2</if>" };

/** The pair with a switch on one interface. */
const on = (files: Files, where: keyof Files | "both", key: keyof typeof devices, name: string): Files =>
  change(files, where, devices[key], `<${name}></${name}>${devices[key]}`);

/** The WAN in a network that is on no list. */
const unlisted: Files = change(small, "both", /198\.51\.100\./g, "100.64.5.");
const withoutVips = (files: Files): Files => change(files, "both", /<vip>[\s\S]*<\/vip>/, "");
const required = (id: string) => ({ options: new Map([[id, { require: "disabled" }]]) });

describe("wan-private-blocking", () => {
  const blocked = (files: Files, key: keyof typeof devices) =>
    report(wanPrivateBlocking, on(files, "secondary", key, "blockpriv"));

  test.for([
    ["an interface without VIP, pfsync and target", withoutVips(small), "lan"],
    [
      "a sync interface while pfsync is off and the target elsewhere",
      change(
        change(small, "both", "<pfsyncenabled>on</pfsyncenabled>", ""),
        "primary",
        "<synchronizetoip>10.99.0.2",
        "<synchronizetoip>192.168.7.12",
      ),
      "opt1",
    ],
    ["an interface that is off", change(small, "both", /<enable><\/enable>(\s*<if>igb1)/, "$1"), "lan"],
    [
      "a member of a bridge",
      change(
        small,
        "both",
        "</pfsense>",
        "<bridges><bridged><members>lan,opt3</members></bridged></bridges></pfsense>",
      ),
      "lan",
    ],
  ] as const)("accepts %s", async ([, files, key]) => {
    expect(await blocked(files, key)).toBe("");
  });

  test.for([
    ["its own network", small, "lan", "because its network 192.168.7.0/24 is private"],
    [
      "a VIP on a public interface",
      change(small, "both", "<subnet>198.51.100.10</subnet>", "<subnet>10.1.1.1</subnet>"),
      "wan",
      "because its VIP 10.1.1.1 is private",
    ],
    [
      "its gateway",
      change(small, "both", "<gateway>198.51.100.1</gateway>", "<gateway>10.9.9.1</gateway>"),
      "wan",
      "because its gateway 10.9.9.1 is private",
    ],
    [
      "the other node's address",
      change(small, "primary", "<ipaddr>198.51.100.11</ipaddr>", "<ipaddr>172.16.0.1</ipaddr>"),
      "wan",
      "because the other node's address 172.16.0.1 is private",
    ],
    [
      "the interface of the XMLRPC target",
      withoutVips(
        change(
          change(small, "both", "<pfsyncenabled>on</pfsyncenabled>", ""),
          "primary",
          "<synchronizetoip>10.99.0.2",
          "<synchronizetoip>192.168.7.12",
        ),
      ),
      "lan",
      "because its network 192.168.7.0/24 is private",
    ],
  ] as const)("reports %s", async ([, files, key, expected]) => {
    expect(await blocked(files, key)).toContain(expected);
  });

  test("asks for it to be off everywhere if so told", async () => {
    const files = on(unlisted, "both", "wan", "blockpriv");
    expect(await report(wanPrivateBlocking, files)).toBe("");
    expect(await report(wanPrivateBlocking, files, required("wan-private-blocking"))).toContain(
      "expected off, as the configuration file asks, found on",
    );
  });
});

describe("wan-bogon-blocking", () => {
  test("tells the shipped list from a downloaded one", async () => {
    expect(await report(wanBogonBlocking, on(small, "primary", "wan", "blockbogons"))).toContain(
      "its network 198.51.100.0/24 is on the list that pfSense ships",
    );
    expect(await report(wanBogonBlocking, on(small, "primary", "lan", "blockbogons"))).toContain(
      "its network 192.168.7.0/24 is private: the shipped list drops nothing of it",
    );
  });

  test("speaks of the shipped list where both are true", async () => {
    const files = change(small, "both", "<subnet>192.168.7.1</subnet>", "<subnet>203.0.113.1</subnet>");
    expect(await report(wanBogonBlocking, on(files, "primary", "lan", "blockbogons"))).toContain(
      "its VIP 203.0.113.1 is on the list",
    );
  });

  test("accepts networks that are on no list, unless it is to be off everywhere", async () => {
    const files = on(unlisted, "both", "wan", "blockbogons");
    expect(await report(wanBogonBlocking, files)).toBe("");
    expect((await lintFiles(files, [wanBogonBlocking], required("wan-bogon-blocking"))).diagnostics).toHaveLength(2);
  });
});

describe("wan-blocking-match", () => {
  const differs = (files: Files, key: keyof typeof devices, name: string) =>
    report(wanBlockingMatch, on(files, "primary", key, name));

  test("writes what the primary has, and removes what it has not", async () => {
    expect(await differs(unlisted, "wan", "blockbogons")).toContain("switch it on on the secondary");
    expect(await report(wanBlockingMatch, on(unlisted, "secondary", "wan", "blockpriv"))).toContain(
      "switch it off on the secondary",
    );
  });

  test.for([
    ["wan-private-blocking speaks", small, "lan", "blockpriv"],
    ["wan-bogon-blocking speaks", small, "wan", "blockbogons"],
    ["the interface carries no CARP VIP", small, "opt1", "blockpriv"],
    [
      "the interface is off on the secondary",
      change(unlisted, "secondary", /<enable><\/enable>(\s*<if>igb0)/, "$1"),
      "wan",
      "blockpriv",
    ],
  ] as const)("is silent where %s", async ([, files, key, name]) => {
    expect(await differs(files, key, name)).toBe("");
  });

  test("does not arise without a CARP VIP", async () => {
    expect((await lintFiles(withoutVips(small), [wanBlockingMatch])).notApplicable).toHaveLength(1);
  });
});
