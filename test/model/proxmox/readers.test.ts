import * as fc from "fast-check";
import { expect, test } from "vitest";
import { proxmoxKind, readProxmox } from "../../../src/model/proxmox/files.ts";
import { optionOn, readFirewall } from "../../../src/model/proxmox/firewall.ts";
import { readGuest } from "../../../src/model/proxmox/guest.ts";
import { readHostNetwork } from "../../../src/model/proxmox/host.ts";
import { Source, spanText } from "../../../src/source.ts";

const conf = `# description of the machine: net0 is WAN\r
agent: 1,fstrim_cloned_disks=1\r
name: pfsense\r
net1: e1000=BC:24:11:00:00:01,bridge=vmbr1140,firewall=1,tag=30,trunks=10;20-29\r
net0: virtio=BC:24:11:00:00:00,bridge=vnet10,link_down=1,mtu=1500,queues=4\r
net10: model=vmxnet3,macaddr=BC:24:11:00:00:10\r
future_option: something,we=do;not=know\r
\r
[snap1]\r
net0: virtio=BC:24:11:FF:FF:FF,bridge=vmbr9\r
`;

test("reads a guest's cards in their order, as they are now", () => {
  const guest = readGuest(new Source("nodes/pve1/qemu-server/101.conf", conf));
  expect(guest).toMatchObject({ id: "101", name: "pfsense", faults: [] });
  expect(
    guest.nics.map(({ name, model, bridge, tag, firewall, linkDown }) => [
      name,
      model,
      bridge,
      tag,
      firewall,
      linkDown,
    ]),
  ).toEqual([
    ["net0", "virtio", "vnet10", undefined, false, true],
    ["net1", "e1000", "vmbr1140", 30, true, false],
    ["net10", "vmxnet3", undefined, undefined, false, false],
  ]);
  expect(guest.nics[1]?.trunks).toEqual([
    { first: 10, last: 10 },
    { first: 20, last: 29 },
  ]);
  expect(guest.nics[2]?.mac).toBe("bc:24:11:00:00:10");
  expect(spanText(guest.nics[1]!.place("tag"))).toBe("tag=30");
  expect(guest.nics[1]?.at.source.position(guest.nics[1].place("firewall").start)).toMatchObject({
    line: 4,
    column: 47,
  });
  expect(spanText(guest.nics[0]!.place("tag"))).toBe(
    "virtio=BC:24:11:00:00:00,bridge=vnet10,link_down=1,mtu=1500,queues=4",
  );
});

test("reads a container's cards", () => {
  const guest = readGuest(
    new Source("lxc/200.conf", "hostname: web\nnet0: name=eth0,bridge=vmbr1,hwaddr=BC:24:11:00:00:02,type=veth\n"),
  );
  expect(guest.nics[0]).toMatchObject({ model: "veth", bridge: "vmbr1", mac: "bc:24:11:00:00:02" });
});

test("points at lines that it cannot read", () => {
  const guest = readGuest(new Source("101.conf", "name: a\n  what is this\n"));
  expect(guest.faults.map(({ at }) => at.source.position(at.start))).toEqual([{ line: 2, column: 3, offset: 10 }]);
});

test("reads options, rules that are on, and IP sets of a firewall", () => {
  const file = readFirewall(
    new Source(
      "101.fw",
      "[OPTIONS]\nenable: 1\npolicy_in: DROP\n\n[RULES]\n|IN DROP -i net0\nIN ACCEPT -i net2 -p 240 # pfsync\nGROUP carp -i net0\n\n[IPSET ipfilter-net0]\n10.0.0.0/24 # all\ndc/servers\n",
    ),
  );
  expect(optionOn(file, "enable", false)).toBe(true);
  expect(optionOn(file, "macfilter", true)).toBe(true);
  expect(file.rules.map(({ direction, action }) => `${direction} ${action}`)).toEqual(["IN ACCEPT", "GROUP carp"]);
  expect(file.rules[0]?.options.get("p")).toBe("240");
  expect(file.ipSets[0]).toMatchObject({ name: "ipfilter-net0", unknown: true });
});

test("reads the bridges of a host, whichever way the options are spelt", () => {
  const { bridges } = readHostNetwork(
    new Source(
      "interfaces",
      "auto vmbr0\niface vmbr0 inet static\n\taddress 192.0.2.1/24\n\tbridge_ports eno1 eno2\n\tbridge-vlan-aware yes\n\tbridge-vids 2-10 20\n\niface vmbr0 inet6 manual\n\nauto vmbr1\niface vmbr1 inet manual\n\tbridge-ports none\n\tbridge-disable-mac-learning 1\n\nsource interfaces.d/*\niface eno1 inet manual\n",
    ),
  );
  expect(bridges.map(({ name, ports, vlanAware, learning }) => [name, ports, vlanAware, learning])).toEqual([
    ["vmbr0", ["eno1", "eno2"], true, true],
    ["vmbr1", [], false, false],
  ]);
  expect(bridges[0]?.vids).toEqual([
    { first: 2, last: 10 },
    { first: 20, last: 20 },
  ]);
});

test("tells hosts apart by their folders", () => {
  const source = (path: string): Source => new Source(path, "name: a\n");
  const names = (...paths: string[]) =>
    readProxmox(paths.map(source)).hosts.map(({ name, guests }) => [name, guests.length]);
  expect(names("/etc/pve/nodes/pve1/qemu-server/1.conf", "/etc/pve/nodes/pve2/qemu-server/2.conf")).toEqual([
    ["pve1", 1],
    ["pve2", 1],
  ]);
  expect(names("a/etc/pve/qemu-server/1.conf", "b/etc/pve/qemu-server/2.conf", "a/etc/network/interfaces")).toEqual([
    ["a", 1],
    ["b", 1],
  ]);
  expect(names("lab/qemu-server/1.conf", "lab/lxc/2.conf")).toEqual([["lab", 2]]);
  expect(names("C:\\lab\\1.conf", "C:\\lab\\2.conf")).toEqual([["C:/lab", 2]]);
});

test("knows files by their names", () => {
  expect(
    [
      "qemu-server/100.conf",
      "firewall/100.fw",
      "firewall/cluster.fw",
      "network/interfaces",
      "storage.cfg",
      "host.fw",
    ].map(proxmoxKind),
  ).toEqual(["guest", "firewall", "cluster-firewall", "network", undefined, undefined]);
});

test("no text makes a reader throw, and every place is inside the text", () => {
  const line = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom(
      "net0: virtio=AA,bridge=vmbr1",
      "[OPTIONS]",
      "[RULES]",
      "[IPSET x]",
      "IN ACCEPT -p",
      "enable: 1",
      "iface vmbr0 inet manual",
      "\tbridge-ports",
      "# c",
      "[",
      "net1:",
      "net2: ,,=,",
    ),
  );
  fc.assert(
    fc.property(
      fc.array(line),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.constantFrom("1.conf", "1.fw", "cluster.fw", "interfaces"),
      (lines, eol, name) => {
        const source = new Source(name, lines.join(eol));
        const { hosts, faults } = readProxmox([source]);
        const spans = [
          ...faults.map(({ at }) => at),
          ...hosts.flatMap(({ guests }) => guests.flatMap(({ nics }) => nics.map((nic) => nic.place("bridge")))),
        ];
        for (const { start, end } of spans) expect(0 <= start && start <= end && end <= source.text.length).toBe(true);
      },
    ),
  );
});
