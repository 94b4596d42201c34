import { add, all, type Fault, type Mutation } from "../support/faults.ts";

const interfaces = ["vmbr10", "vmbr20", "vmbr30"]
  .map(
    (bridge, i) => `auto ${bridge}
iface ${bridge} inet manual
	bridge-ports eno${i + 1}
	bridge-stp off
	bridge-fd 0
`,
  )
  .join("\n");

/** A virtual machine with the cards of the clean cluster: WAN and LAN on em0 and em1, SYNC on vtnet0. */
const guest = (name: string, prefix: string): string => `name: ${name}
net0: e1000=${prefix}:00,bridge=vmbr10
net1: e1000=${prefix}:01,bridge=vmbr20
net2: virtio=${prefix}:02,bridge=vmbr30
ostype: other
`;

/** The clean cluster as two virtual machines on two hosts. */
const wired: Mutation = (files) => ({
  ...files,
  proxmox: {
    "proxmox/nodes/pve1/etc/network/interfaces": interfaces,
    "proxmox/nodes/pve1/qemu-server/101.conf": guest("hydra-a", "BC:24:11:0A:00"),
    "proxmox/nodes/pve2/etc/network/interfaces": interfaces,
    "proxmox/nodes/pve2/qemu-server/102.conf": guest("hydra-b", "BC:24:11:0B:00"),
  },
});

const rewire = (path: string, change: (content: string) => string): Mutation => {
  const name = `proxmox/${path}`;
  return (files) => ({ ...files, proxmox: { ...files.proxmox, [name]: change(files.proxmox?.[name] ?? "") } });
};
const on = (path: string, text: string, by: string): Mutation =>
  rewire(path, (content) => {
    if (!content.includes(text)) throw new Error(`not in ${path}: ${text}`);
    return content.replace(text, by);
  });

const [first, second] = ["nodes/pve1/qemu-server/101.conf", "nodes/pve2/qemu-server/102.conf"] as const;

/** The hypervisor's firewall in force on the cards with CARP, and taught to let CARP through. */
const firewalled: Mutation = all(
  wired,
  ...[first, second].flatMap((path) =>
    ["vmbr10", "vmbr20"].map((bridge) => on(path, `bridge=${bridge}`, `bridge=${bridge},firewall=1`)),
  ),
  rewire("firewall/cluster.fw", () => "[OPTIONS]\n\nenable: 1\n"),
  ...["101", "102"].map((id) =>
    rewire(`firewall/${id}.fw`, () => "[OPTIONS]\n\nenable: 1\nmacfilter: 0\npolicy_in: ACCEPT\n\n[RULES]\n\n"),
  ),
);

export const proxmoxFaults: readonly Fault[] = [
  {
    rule: "proxmox-mac-filter",
    at: ["proxmox/nodes/pve1/qemu-server/101.conf:2", "proxmox/nodes/pve1/qemu-server/101.conf:3"],
    given: firewalled,
    fault: on("firewall/101.fw", "macfilter: 0\n", ""),
  },
  {
    rule: "proxmox-nic-firewall",
    at: "proxmox/nodes/pve1/qemu-server/101.conf:2",
    given: wired,
    fault: on(first, "bridge=vmbr10", "bridge=vmbr10,firewall=1"),
  },
  {
    rule: "proxmox-policy-drop",
    at: ["proxmox/firewall/101.fw:1", "proxmox/firewall/101.fw:1"],
    given: firewalled,
    fault: on("firewall/101.fw", "policy_in: ACCEPT\n", ""),
  },
  {
    rule: "proxmox-ip-filter",
    at: "proxmox/firewall/101.fw:7",
    given: firewalled,
    fault: on("firewall/101.fw", "[RULES]", "[IPSET ipfilter-net0]\n\n172.17.1.41\n\n[RULES]"),
  },
  {
    rule: "proxmox-bridge-learning",
    at: "proxmox/nodes/pve1/etc/network/interfaces:4",
    given: wired,
    fault: on(
      "nodes/pve1/etc/network/interfaces",
      "\tbridge-ports eno1\n",
      "\tbridge-ports eno1\n\tbridge-disable-mac-learning 1\n",
    ),
  },
  {
    rule: "proxmox-segment-match",
    at: "proxmox/nodes/pve2/qemu-server/102.conf:3",
    given: all(
      wired,
      on(first, "bridge=vmbr20", "bridge=vmbr20,tag=7"),
      on(second, "bridge=vmbr20", "bridge=vmbr20,tag=7"),
    ),
    fault: on(second, "tag=7", "tag=8"),
  },
  {
    rule: "proxmox-host-apart",
    at: "proxmox/nodes/pve1/qemu-server/102.conf:1",
    given: wired,
    fault: (files) => {
      const { [`proxmox/${second}`]: moved = "", ...others } = files.proxmox ?? {};
      return { ...files, proxmox: { ...others, "proxmox/nodes/pve1/qemu-server/102.conf": moved } };
    },
  },
  {
    rule: "proxmox-mac-unique",
    at: "proxmox/nodes/pve2/qemu-server/102.conf:2",
    given: wired,
    fault: on(second, "BC:24:11:0B:00:00", "BC:24:11:0A:00:00"),
  },
  {
    rule: "proxmox-link-up",
    at: "proxmox/nodes/pve1/qemu-server/101.conf:3",
    given: wired,
    fault: on(first, "bridge=vmbr20", "bridge=vmbr20,link_down=1"),
  },
  {
    rule: "proxmox-sync-uplink",
    at: "proxmox/nodes/pve1/etc/network/interfaces:15",
    given: wired,
    fault: on("nodes/pve1/etc/network/interfaces", "bridge-ports eno3", "bridge-ports none"),
  },
  {
    rule: "proxmox-sync-shared",
    at: "proxmox/nodes/pve1/qemu-server/103.conf:2",
    given: wired,
    fault: rewire(
      "nodes/pve1/qemu-server/103.conf",
      () => "name: backup\nnet0: virtio=BC:24:11:0C:00:00,bridge=vmbr30\n",
    ),
  },
  {
    rule: "proxmox-vlan-trunk",
    at: "proxmox/nodes/pve1/qemu-server/101.conf:3",
    given: all(
      add("both", "vlans/vlan", { if: "em1", tag: "30", vlanif: "em1.30", descr: "GUESTS" }),
      add("both", "interfaces/opt2", { enable: "", if: "em1.30", descr: "GUESTS" }),
      wired,
      on(first, "bridge=vmbr20", "bridge=vmbr20,trunks=30"),
      on(second, "bridge=vmbr20", "bridge=vmbr20,trunks=30"),
    ),
    fault: on(first, "trunks=30", "trunks=40"),
  },
];
