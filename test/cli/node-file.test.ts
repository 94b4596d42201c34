import { describe, expect, test } from "vitest";
import { parseNodeFile } from "../../src/cli/node-file.ts";
import { Source } from "../../src/source.ts";
import { configOf, small } from "../support/pair.ts";

const primary = configOf(small.primary, "primary.xml");

const good = `hostname: brook-b
interfaces:
  wan: { address: 198.51.100.12/24, device: vtnet0 }
  lan: { address: 192.168.7.12/24 }
  opt1: { address: 10.99.0.2/30 }
pfhostid: 12
`;

const read = (text: string): unknown => parseNodeFile(new Source("node.yaml", text), primary);

test("every value is a text, whatever YAML would make of it", () => {
  expect(read(good)).toEqual({
    hostname: "brook-b",
    interfaces: {
      wan: { address: "198.51.100.12/24", device: "vtnet0" },
      lan: { address: "192.168.7.12/24" },
      opt1: { address: "10.99.0.2/30" },
    },
    pfhostid: "12",
  });
});

/** The messages for the good file with one thing replaced. */
function complaints(find: string, put: string): string {
  expect(good.split(find)).toHaveLength(2);
  try {
    read(good.replace(find, put));
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("names the place and what is expected", () => {
  test.for<[string, string, string]>([
    [
      "hostname: brook-b",
      "hostnam: brook-b",
      "node.yaml:1:1: missing key hostname\nnode.yaml:1:1: unknown key hostnam; did you mean hostname?",
    ],
    ["brook-b", "brook_b.example", 'node.yaml:1:11: expected a host name without its domain, found "brook_b.example"'],
    ["brook-b", "brook-a", "node.yaml:1:11: expected another name than the primary's, found brook-a"],
    [
      "  opt1: { address: 10.99.0.2/30 }\n",
      "",
      "node.yaml:3:3: missing key opt1: the primary has 10.99.0.1/30 on opt1 (SYNC)",
    ],
    ["  opt1:", "  opt7: {}\n  opt1:", "node.yaml:5:9: the primary has no interface opt7; it has wan, lan, opt1"],
    [
      "{ address: 192.168.7.12/24 }",
      "{}",
      "node.yaml:4:8: missing key address: the primary has 192.168.7.11/24 on lan",
    ],
    ["{ address: 192.168.7.12/24 }", "192.168.7.12/24", 'node.yaml:4:8: expected a mapping, found "192.168.7.12/24"'],
    [
      "192.168.7.12/24",
      "192.168.7.12",
      'node.yaml:4:19: expected an IPv4 address with its prefix length, such as 192.0.2.12/24, found "192.168.7.12"',
    ],
    [
      "192.168.7.12/24",
      "192.168.7.300/24",
      "node.yaml:4:19: expected an IPv4 address with its prefix length, such as 192.168.7.11/24, found 192.168.7.300/24",
    ],
    [
      "192.168.7.12/24",
      "192.168.8.12/24",
      "node.yaml:4:19: expected an address in 192.168.7.0/24, as on the primary, found 192.168.8.12/24",
    ],
    [
      "192.168.7.12/24",
      "192.168.7.12/25",
      "node.yaml:4:19: expected an address in 192.168.7.0/24, as on the primary, found 192.168.7.12/25",
    ],
    [
      "192.168.7.12/24",
      "192.168.7.11/24",
      "node.yaml:4:19: expected an address of its own, found 192.168.7.11, which is the primary's on lan",
    ],
    [
      "192.168.7.12/24",
      "192.168.7.1/24",
      "node.yaml:4:19: expected an address of its own, found 192.168.7.1, which is VHID 2 on lan",
    ],
    [
      "192.168.7.12/24",
      "192.168.7.250/24",
      "node.yaml:4:19: expected an address of its own, found 192.168.7.250, which is the gateway CORE",
    ],
    [
      "192.168.7.12/24",
      "192.168.7.255/24",
      "node.yaml:4:19: expected an address of its own, found 192.168.7.255, which is no address of a host",
    ],
    [
      "{ address: 192.168.7.12/24 }",
      '{ address: 192.168.7.12/24, address6: "2001:db8::1/64" }',
      "node.yaml:4:46: expected nothing, since the primary has no static address here",
    ],
    ["pfhostid: 12", "pfhostid: a1", "node.yaml:6:11: expected another number than the primary's, found a1"],
    ["pfhostid: 12", "pfhostid: 0", 'node.yaml:6:11: expected 1 to 8 hexadecimal digits, not all zero, found "0"'],
    [
      "pfhostid: 12",
      "adminPasswordHash: CANARY",
      "node.yaml:6:20: expected a bcrypt hash of the administrator's password, found something else",
    ],
    [
      "device: vtnet0",
      "device: vt net",
      'node.yaml:3:45: expected a device name, such as igb0 or lagg0.20, found "vt net"',
    ],
    ["hostname: brook-b", "hostname: [brook-b", "node.yaml:2:1: "],
  ])("%s -> %s", ([find, put, expected]) => {
    const message = complaints(find, put);
    if (expected.endsWith(": ")) expect(message.startsWith(expected)).toBe(true);
    else expect(message).toBe(expected);
    expect(message).not.toContain("CANARY");
  });

  test("where the primary sends states or configuration", () => {
    const wide = configOf(
      small.primary.replace(
        "<ipaddr>10.99.0.1</ipaddr>\n\t\t\t<subnet>30<",
        "<ipaddr>10.99.0.1</ipaddr>\n\t\t\t<subnet>29<",
      ),
    );
    const text = good.replace("10.99.0.2/30", "10.99.0.3/29");
    expect(() => parseNodeFile(new Source("node.yaml", text), wide)).toThrow(
      "node.yaml:5:20: expected 10.99.0.2, where the primary sends its states, found 10.99.0.3",
    );
    const multicast = configOf(wide.source.text.replace("<pfsyncpeerip>10.99.0.2<", "<pfsyncpeerip><"));
    expect(() => parseNodeFile(new Source("node.yaml", text), multicast)).toThrow(
      "node.yaml:5:20: expected 10.99.0.2, where the primary sends its configuration, found 10.99.0.3",
    );
  });

  test("where the primary has a VLAN", () => {
    const vlan = "<vlans><vlan><if>igb0</if><tag>20</tag><vlanif>igb0.20</vlanif></vlan></vlans></pfsense>";
    const tagged = configOf(small.primary.replace("<if>igb0<", "<if>igb0.20<").replace("</pfsense>", vlan));
    const text = (device: string): Source => new Source("node.yaml", good.replace("vtnet0", device));
    expect(parseNodeFile(text("vtnet0.20"), tagged).interfaces["wan"]?.device).toBe("vtnet0.20");
    expect(() => parseNodeFile(text("vtnet0.30"), tagged)).toThrow(
      "node.yaml:3:45: expected a device of VLAN 20 as on the primary, such as igb0.20, found vtnet0.30",
    );
  });

  test("of an empty file", () => {
    expect(() => read("")).toThrow("node.yaml:1:1: missing key hostname\nnode.yaml:1:1: missing key interfaces");
  });
});
