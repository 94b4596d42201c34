import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
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
      "network/interfaces.d/sdn",
      "sdn",
    ].map(proxmoxKind),
  ).toEqual(["guest", "firewall", "cluster-firewall", "network", undefined, undefined, "network", undefined]);
});

const real = {
  conf: `#Perimeter firewall, first of two.
#
#See the%3A runbook; net0%3A is the uplink, not "net1".
agent: 1,fstrim_cloned_disks=1
args: -cpu host,+aes
boot: order=scsi0;ide2;net0
cores: 4
hookscript: local:snippets/hook.sh
hostpci0: 0000:01:00.0,pcie=1
machine: q35
memory: 4096
name: fw-a.example.com
net0: virtio=BC:24:11:00:00:00,bridge=vnet10,firewall=0,queues=4
net1: virtio=BC:24:11:00:00:01,bridge=vmbr0,rate=12.5,tag=20,trunks=20;30-39
net2: e1000-82545em=BC:24:11:00:00:02,bridge=vmbr1
numa: 0
onboot: 1
ostype: other
parent: before_upgrade
protection: 1
scsi0: local-lvm:vm-101-disk-0,discard=on,iothread=1,size=32G,ssd=1
serial0: socket
smbios1: uuid=00000000-0000-4000-8000-000000000101,manufacturer=RXhhbXBsZQ==,base64=1
startup: order=1,up=30
tags: ha;pfsense
vmgenid: 00000000-0000-4000-8000-000000000102

[PENDING]
delete: net2
net1: virtio=BC:24:11:00:00:01,bridge=vmbr7

[before_upgrade]
#a snapshot of the past
name: other
net0: virtio=BC:24:11:00:00:00,bridge=vmbr9
snaptime: 1700000000
vmstate: local-lvm:vm-101-state-before_upgrade

[special:cloudinit]
`,
  interfaces: `# network interface settings; autogenerated
# Please do NOT modify this file directly, unless you know what
# you're doing.

source /etc/network/interfaces.d/*

auto lo
iface lo inet loopback

auto eno1
iface eno1 inet manual

auto bond0
iface bond0 inet manual
\tbond-slaves eno1 eno2
\tbond-miimon 100
\tbond-mode 802.3ad
#LACP to both switches

auto bond0.99
iface bond0.99 inet manual

auto vmbr0
iface vmbr0 inet static
\taddress 192.0.2.10/24
\tgateway 192.0.2.1
\tbridge-ports bond0
\tbridge-stp off
\tbridge-fd 0
\tbridge-vlan-aware yes
\tbridge-vids 2-4094
\tpost-up echo 1 > /proc/sys/net/ipv4/ip_forward
#trunk

iface vmbr0 inet6 static
\taddress 2001:db8::10/64

auto vmbr1
iface vmbr1 inet manual
    bridge_ports bond0.99
    bridge_stp off

auto vmbr2
iface vmbr2 inet manual
\tovs_type OVSBridge
\tovs_ports eno3 mgmt0

auto mgmt0
iface mgmt0 inet static
\taddress 198.51.100.10/24
\tovs_type OVSIntPort
\tovs_bridge vmbr2
`,
  sdn: `#version:7

auto vnet10
iface vnet10
\tbridge_ports vxlan_vnet10
\tbridge_stp off
\tbridge_fd 0
\tmtu 1450
\talias uplink

auto vnet20
iface vnet20
\taddress 10.0.0.1/24
\tbridge_ports none

auto vxlan_vnet10
iface vxlan_vnet10
\tvxlan-id 10010
\tvxlan_remoteip 192.0.2.11
`,
  fw: `[OPTIONS]

enable: 1
dhcp: 1
policy_in: DROP
log_level_in: nolog

[ALIASES]

pf2 10.0.0.2 # the peer

[IPSET ipfilter-net0] # what it may send from

203.0.113.10
203.0.113.0/28
!203.0.113.5

[RULES]

GROUP webserver -i net1 # as the others
IN ACCEPT -i net2 -source 10.0.0.2 -p 240 -log nolog # pfsync
IN SSH(ACCEPT) -i net2 -source +dc/admins
OUT ACCEPT
|IN DROP -p tcp -dport 22
`,
} as const;

describe("files as they are, with either line ending", () => {
  const read = (eol: string) =>
    readProxmox([
      new Source("nodes/pve1/qemu-server/101.conf", real.conf.replaceAll("\n", eol)),
      new Source("nodes/pve1/etc/network/interfaces", real.interfaces.replaceAll("\n", eol)),
      new Source("nodes/pve1/etc/network/interfaces.d/sdn", real.sdn.replaceAll("\n", eol)),
      new Source("firewall/101.fw", real.fw.replaceAll("\n", eol)),
    ]);

  test.for(["\n", "\r\n"])("%j", (eol) => {
    const { hosts, firewalls, faults } = read(eol);
    expect(faults).toEqual([]);
    const [host] = hosts;
    expect(hosts.map(({ name }) => name)).toEqual(["pve1"]);
    const [guest] = host?.guests ?? [];
    expect(guest?.name).toBe("fw-a.example.com");
    expect(guest?.nics.map(({ name, model, bridge, tag }) => [name, model, bridge, tag])).toEqual([
      ["net0", "virtio", "vnet10", undefined],
      ["net1", "virtio", "vmbr0", 20],
      ["net2", "e1000-82545em", "vmbr1", undefined],
    ]);
    expect(host?.network?.bridges.map(({ name, ports }) => [name, ports])).toEqual([
      ["vmbr0", ["bond0"]],
      ["vmbr1", ["bond0.99"]],
      ["vmbr2", ["eno3"]],
      ["vnet10", ["vxlan_vnet10"]],
      ["vnet20", []],
    ]);
    const [firewall] = firewalls;
    expect(firewall?.rules.map(({ direction, action }) => `${direction} ${action}`)).toEqual([
      "GROUP webserver",
      "IN ACCEPT",
      "IN SSH(ACCEPT)",
      "OUT ACCEPT",
    ]);
    expect(firewall?.options.get("policy_in")?.text).toBe("DROP");
  });

  test("every place is in its line, whatever the line ending", () => {
    const places = (eol: string): string[] => {
      const { hosts, firewalls } = read(eol);
      const spans = [
        ...hosts.flatMap(({ guests, network }) => [
          ...guests.flatMap(({ at, nics }) => [
            at,
            ...nics.flatMap((nic) => [nic.at, nic.place("bridge"), nic.place("tag")]),
          ]),
          ...(network?.bridges ?? []).flatMap((bridge) => [bridge.at, bridge.place("bridge-ports")]),
        ]),
        ...firewalls.flatMap(({ at, options, rules }) => [at, ...[...options.values(), ...rules].map((one) => one.at)]),
      ];
      return spans.map((span) => {
        const { line, column } = span.source.position(span.start);
        return `${span.source.path}:${line}:${column} ${spanText(span)}`;
      });
    };
    expect(places("\r\n")).toEqual(places("\n"));
    expect(places("\n")).toContain("nodes/pve1/qemu-server/101.conf:14:55 tag=20");
    expect(places("\n")).toContain("nodes/pve1/etc/network/interfaces:40:18 bond0.99");
    expect(places("\n").filter((place) => place.includes("vmbr9") || place.includes("vmbr7"))).toEqual([]);
  });
});

const option = fc.constantFrom(
  "bridge=vmbr1",
  "tag=30",
  "firewall=1",
  "link_down=1",
  "trunks=1;3-5",
  "mtu=1",
  "rate=2.5",
);
const card = fc.record({
  model: fc.constantFrom("virtio", "e1000", "vmxnet3"),
  options: fc.uniqueArray(option),
});
const noise = fc.constantFrom("# net0: virtio=00,bridge=no", "#", "", "   ", "cores: 2", "description: a=b,c");

test("cards are read as they are written, whatever stands around them, each option at its place", () => {
  fc.assert(
    fc.property(
      fc.array(card, { maxLength: 6 }),
      fc.array(noise, { maxLength: 8 }),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      (cards, around, eol, snapshot) => {
        const written = cards.map(
          ({ model, options }, i) => `net${i}: ${[`${model}=BC:24:11:00:00:0${i}`, ...options].join(",")}`,
        );
        const lines = written.flatMap((line, i) => [...around.slice(i, i + 2), line]);
        const past = snapshot ? ["[past]", "net0: e1000=BC:24:11:FF:FF:FF,bridge=vmbr99"] : [];
        const guest = readGuest(new Source("101.conf", [...lines, ...past].join(eol)));
        expect(guest.faults).toEqual([]);
        expect(guest.nics.map(({ name, model }) => `${name} ${model}`)).toEqual(
          cards.map(({ model }, i) => `net${i} ${model}`),
        );
        for (const [i, nic] of guest.nics.entries()) {
          expect(`${nic.name}: ${spanText(nic.at)}`).toBe(written[i]);
          for (const text of cards[i]?.options ?? []) expect(spanText(nic.place(text.split("=")[0] ?? ""))).toBe(text);
          expect(nic.mac).toBe(`bc:24:11:00:00:0${i}`);
          expect(nic.bridge).toBe(cards[i]?.options.includes("bridge=vmbr1") ? "vmbr1" : undefined);
        }
      },
    ),
  );
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
      "iface",
      "\tovs_type OVSBridge",
      "\tovs_ports",
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
      fc.constantFrom("1.conf", "1.fw", "cluster.fw", "interfaces", "interfaces.d/sdn"),
      (lines, eol, name) => {
        const source = new Source(name, lines.join(eol));
        const { hosts, firewalls, clusterFirewall, faults } = readProxmox([source]);
        const spans = [
          ...faults.map(({ at }) => at),
          ...hosts.flatMap(({ guests, network }) => [
            ...guests.flatMap(({ at, nics }) => [at, ...nics.flatMap((nic) => [nic.at, nic.place("bridge")])]),
            ...(network?.bridges ?? []).flatMap((bridge) => [bridge.at, bridge.place("bridge-ports")]),
          ]),
          ...[...firewalls, ...(clusterFirewall ? [clusterFirewall] : [])].flatMap(({ at, options, rules, ipSets }) =>
            [...options.values(), ...rules, ...ipSets].map((one) => one.at).concat(at),
          ),
        ];
        for (const { start, end } of spans) expect(0 <= start && start <= end && end <= source.text.length).toBe(true);
      },
    ),
  );
});
