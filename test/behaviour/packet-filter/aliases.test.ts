import { describe, expect, test } from "vitest";
import { alias, decide, node, rule } from "../../support/filter.ts";

const to = (aliases: string, name = "a", not = "", version = "23.3") =>
  node({ rules: rule({ destination: `<address>${name}</address>${not}` }), aliases, version });
const ask = (config: ReturnType<typeof node>, address: string) =>
  decide(config, `in lan tcp 192.168.1.50 > ${address}#8080`);

describe("what an alias holds", () => {
  const nested =
    alias("a", "network", "b 10.1.0.0/16") +
    alias("b", "host", "10.2.0.1 a c") +
    alias("c", "network", "10.3.0.0/24 b");

  test.for([
    ["10.1.200.1", "pass"],
    ["10.2.0.1", "pass"],
    ["10.2.0.2", "block"],
    ["10.3.0.77", "pass"],
    ["10.3.1.1", "block"],
  ])("nested in a circle: %s", ([address = "", expected]) => {
    for (const name of ["a", "b", "c"]) expect(ask(to(nested, name), address).verdict, name).toBe(expected);
  });

  test("nothing, which matches nothing and negated everything", () => {
    expect(ask(to(alias("a", "host", "")), "10.0.0.1").verdict).toBe("block");
    expect(ask(to(alias("a", "host", ""), "a", "<not></not>"), "10.0.0.1").verdict).toBe("pass");
  });

  test("overlapping networks, whatever their order", () => {
    const config = to(alias("a", "network", "10.9.0.0/16 10.0.0.0/8 10.200.0.1 192.0.2.0/25"));
    for (const address of ["10.9.1.1", "10.255.255.255", "10.0.0.0", "192.0.2.127"])
      expect(ask(config, address).verdict, address).toBe("pass");
    for (const address of ["9.255.255.255", "11.0.0.0", "192.0.2.128"])
      expect(ask(config, address).verdict, address).toBe("block");
  });

  test("IPv6 beside IPv4", () => {
    const config = node({
      rules: rule({ ipprotocol: "inet46", destination: "<address>a</address>" }),
      aliases: alias("a", "network", "2001:db8:9::/48 10.0.0.1"),
    });
    expect(decide(config, "in lan tcp 2001:db8:1::5 > 2001:db8:9:8::1#22").verdict).toBe("pass");
    expect(decide(config, "in lan tcp 2001:db8:1::5 > 2001:db8:a::1#22").verdict).toBe("block");
    expect(ask(config, "10.0.0.1").verdict).toBe("pass");
  });

  test("the last of two with one name", () => {
    expect(ask(to(alias("a", "host", "10.0.0.1") + alias("a", "host", "10.0.0.2")), "10.0.0.2").verdict).toBe("pass");
  });

  test("a name of digits only is none", () => {
    expect(ask(to(alias("123", "host", "10.0.0.1"), "123"), "10.0.0.1").verdict).toBe("block");
  });
});

describe("what is not in the file", () => {
  test.for([
    ["urltable", "https://lists.example/x", "alias a is a URL table, whose content is not in the file"],
    ["url", "", "alias a is loaded from a URL, and its content is not in the file"],
    ["host", "www.example 10.0.0.9", "alias a holds the host name www.example"],
    ["port", "443", "alias a holds ports where addresses are expected"],
  ])("%s", ([type = "", address = "", reason]) => {
    expect(ask(to(alias("a", type, address)), "10.0.0.1")).toMatchObject({ verdict: "unknown", doubts: [reason] });
  });

  test("what is in the file is certain all the same", () => {
    expect(ask(to(alias("a", "host", "www.example 10.0.0.9")), "10.0.0.9")).toMatchObject({
      verdict: "pass",
      doubts: [],
    });
  });

  test("a table nested in another alias makes that uncertain", () => {
    const config = to(alias("a", "network", "10.0.0.0/24 b") + alias("b", "urltable", "https://lists.example/x"));
    expect(ask(config, "10.0.0.1").verdict).toBe("pass");
    expect(ask(config, "10.0.1.1").verdict).toBe("unknown");
  });

  test("a URL alias that was loaded is what the file says", () => {
    expect(ask(to(alias("a", "url", "10.0.0.1")), "10.0.0.2").verdict).toBe("block");
  });

  test("ports of a URL table", () => {
    const rules = rule({ protocol: "tcp", destination: "<any></any><port>p</port>" });
    const config = node({ rules, aliases: alias("p", "urltable_ports", "https://lists.example/p") });
    expect(ask(config, "10.0.0.1").verdict).toBe("unknown");
  });

  test("a name among ports empties the alias, and the rule is left out", () => {
    const rules = rule({ protocol: "tcp", destination: "<any></any><port>p</port>" });
    expect(ask(node({ rules, aliases: alias("p", "port", "8080 gone") }), "10.0.0.1").verdict).toBe("block");
  });
});

describe("tables of the system", () => {
  test.for([
    ["_private4_", "172.31.0.1", "pass"],
    ["_private46_", "172.32.0.1", "block"],
    ["_loopback46_", "127.9.9.9", "pass"],
    ["bogons", "203.0.113.1", "pass"],
    ["bogons", "10.0.0.1", "block"],
    ["snort2c", "10.0.0.1", "unknown"],
  ])("%s and %s: %s", ([name = "", address = "", expected]) => {
    expect(ask(to("", name, "", "24.5"), address).verdict).toBe(expected);
  });

  test("are not there in older releases", () => {
    expect(ask(to("", "_private4_", "", "23.3"), "10.0.0.1").verdict).toBe("block");
  });
});
