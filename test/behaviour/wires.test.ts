import { describe, expect, test } from "vitest";
import { simulate } from "../../src/behaviour/simulate.ts";
import { change, clusterFrom, readFiles, type WiredFiles } from "../support/pair.ts";
import { effects, masters, play, states } from "../support/simulation.ts";

const oneHost = readFiles("rules/proxmox-host-apart/bad-one-host");
const twoHosts = readFiles("rules/proxmox-host-apart/good-two-hosts");
const oneBridge = replug(twoHosts, /bridge=vmbr(10|1140|1150)/g, "bridge=vmbr0,tag=$1");

/** The pair with the hypervisor's files changed; only those whose path ends as told. */
function replug(files: WiredFiles, find: RegExp | string, replacement: string, end = ""): WiredFiles {
  const proxmox = Object.entries(files.proxmox ?? {}).map(([path, content]) => {
    return [path, path.endsWith(end) ? content.replaceAll(new RegExp(find, "gm"), replacement) : content] as const;
  });
  const changed = { ...files, proxmox: Object.fromEntries(proxmox) };
  if (JSON.stringify(changed) === JSON.stringify(files)) throw new Error(`not found: ${find}`);
  return changed;
}

const wiresOf = (files: WiredFiles) => simulate(clusterFrom(files)).wires;
const hostIds = (files: WiredFiles): string[] =>
  Object.keys(play(files)).filter((id) => /^(?:host|bridge)-dies/.test(id));

describe("the host dies", () => {
  test("with both nodes on it: nobody is master of anything", () => {
    const scenario = play(oneHost)["host-dies:pve1"];
    expect(scenario).toMatchObject({ title: "the host pve1 dies, and both nodes with it", ok: false, counts: true });
    expect(scenario?.vips.map(states)).toEqual(["DOWN DOWN", "DOWN DOWN"]);
    expect(masters(scenario)).toBe("none none");
    expect(effects(scenario, "connections")).toEqual(["bad: nobody answers for 198.51.100.10 and 192.168.7.1"]);
  });

  test("with one node on it: the same as when that node is off", () => {
    const scenarios = play(twoHosts);
    const { vips, ok, effects: noticed } = scenarios["primary-down"]!;
    expect(scenarios["host-dies:pve1"]).toMatchObject({ vips, ok, effects: noticed });
    expect(ok).toBe(true);
    expect(masters(scenarios["host-dies:pve2"])).toBe("primary primary");
    expect(scenarios["host-dies:pve2"]?.title).toBe("the host pve2 dies, and the secondary with it");
  });
});

describe("a bridge dies that both nodes are plugged into", () => {
  const scenario = play(oneHost)["bridge-dies:pve1/vmbr10"];

  test("each node is master for itself, and hosts find neither; the other VIP stays where it is", () => {
    expect(scenario?.vips.map(states)).toEqual(["MASTER MASTER", "MASTER BACKUP"]);
    expect(masters(scenario)).toBe("none primary");
    expect(scenario).toMatchObject({ ok: false, counts: false });
    expect(scenario?.vips[0]?.why).toBe(
      "wan of both nodes reaches nobody, though its link stays up: each node hears nobody and is master, and hosts find neither",
    );
  });

  test("what goes through the primary to that side is lost", () => {
    expect(effects(scenario, "connections")).toEqual([
      "bad: nobody answers for 198.51.100.10",
      "bad: the primary still answers for 192.168.7.1 and reaches nobody on wan: what hosts send there through it is lost",
    ]);
  });

  test("where only its port fails, the nodes still hear each other", () => {
    const interfaces =
      "iface vmbr10 inet manual\n\tbridge-ports eno1 eno2\n\niface vmbr1150 inet manual\n\tbridge-ports none\n";
    const known = {
      ...oneHost,
      proxmox: { ...oneHost.proxmox, "proxmox/nodes/pve1/etc/network/interfaces": interfaces },
    };
    const told = (bridge: string): string | undefined =>
      effects(play(known)[`bridge-dies:pve1/${bridge}`], "connections").find((one) => one.includes("port"));
    expect(told("vmbr10")).toBe(
      "note: where only its ports eno1 and eno2 fail, the nodes still hear each other across the bridge, and nothing moves; hosts behind it find nobody",
    );
    expect(told("vmbr1150")).toBeUndefined();
    expect(told("vmbr1140")).toBeUndefined();
  });
});

describe("a bridge dies under one node", () => {
  const scenarios = play(twoHosts);

  test("of the primary: its VIP moves, the others do not, for the primary sees nothing and is not demoted", () => {
    const scenario = scenarios["bridge-dies:pve1/vmbr10"];
    expect(scenario?.vips.map(states)).toEqual(["MASTER MASTER", "MASTER BACKUP"]);
    expect(masters(scenario)).toBe("secondary primary");
    expect(scenario?.vips.map(({ ok }) => ok)).toEqual([true, false]);
    expect(scenario?.vips[1]?.why).toMatch(
      /; the primary's link on wan stays up without the bridge, so CARP does not demote it$/,
    );
    expect(effects(scenario, "connections")).toEqual([
      "bad: the primary still answers for 192.168.7.1 and reaches nobody on wan: what hosts send there through it is lost",
      "note: the same where only its port eno1 fails, but guests of pve1 on the bridge still find the primary",
    ]);
  });

  test("the secondary has heard nothing for as long as a backup waits, though the primary is up", () => {
    const times = (id: string) => scenarios[id]?.vips.map(({ takeoverSeconds }) => takeoverSeconds);
    expect(times("bridge-dies:pve1/vmbr1140")).toEqual([undefined, 3 + 100 / 256]);
    expect(times("primary-link-down:lan")?.[0]).toBe(1 + 240 / 256);
  });

  test("of the secondary: hosts find the primary as before", () => {
    const scenario = scenarios["bridge-dies:pve2/vmbr10"];
    expect(scenario?.vips.map(states)).toEqual(["MASTER MASTER", "MASTER BACKUP"]);
    expect(masters(scenario)).toBe("primary primary");
    expect(scenario?.ok).toBe(true);
    expect(effects(scenario, "connections")[0]).toBe(
      "note: nothing moves; until the bridge is back, the secondary reaches nobody on wan and is no backup",
    );
  });

  test("of everything: all VIPs move together, and sync stops", () => {
    const scenario = play(oneBridge)["bridge-dies:pve1/vmbr0"];
    expect(scenario?.title).toBe("the bridge vmbr0 of pve1 dies, and wan, lan, opt1 of the primary with it");
    expect(masters(scenario)).toBe("secondary secondary");
    expect(scenario?.ok).toBe(true);
    expect(effects(scenario, "connections")).toEqual([
      "good: the secondary knows the established connections: pfsync has copied their states",
      "note: states of connections made meanwhile and changes of the configuration do not reach the other node",
    ]);
  });

  test.for(["bridge-dies:pve1/vmbr1150", "bridge-dies:pve2/vmbr1150"])(
    "of the sync interface: nothing moves, nothing is synchronised: %s",
    (id) => {
      expect(masters(scenarios[id])).toBe("primary primary");
      expect(scenarios[id]?.ok).toBe(true);
      expect(effects(scenarios[id], "connections")).toEqual([
        "note: nothing moves; states of connections made meanwhile and changes of the configuration do not reach the other node",
        "note: the same where only its port eno3 fails",
      ]);
    },
  );
});

test("hosts come before bridges, each bridge of a host once", () => {
  expect(hostIds(oneHost)).toEqual([
    "host-dies:pve1",
    "bridge-dies:pve1/vmbr10",
    "bridge-dies:pve1/vmbr1140",
    "bridge-dies:pve1/vmbr1150",
  ]);
  expect(hostIds(oneBridge)).toEqual([
    "host-dies:pve1",
    "host-dies:pve2",
    "bridge-dies:pve1/vmbr0",
    "bridge-dies:pve2/vmbr0",
  ]);
});

test("with only one machine known, nothing is said of hosts: the other one may be anywhere", () => {
  const files = replug(oneHost, "name: brook-b", "name: other");
  expect(hostIds(files)).toEqual([]);
  expect(wiresOf(files)?.machines.map(({ role }) => role)).toEqual(["primary"]);
  expect(wiresOf(files)?.unknown[0]).toMatch(/^the virtual machine of the secondary: no guest is called brook-b/);
});

test("a name that both nodes have tells no machine, unless the domain does", () => {
  const alike = change(twoHosts, "secondary", "<hostname>brook-b<", "<hostname>brook-a<");
  const { nodes, unknown } = clusterFrom(alike).hypervisor!;
  expect(nodes).toEqual([]);
  expect(unknown).toEqual([
    "the virtual machine of the primary: both nodes are called brook-a",
    "the virtual machine of the secondary: both nodes are called brook-a",
  ]);
  const apart = change(alike, "secondary", /<domain>[^<]*</, "<domain>other.example<");
  const called = replug(
    replug(apart, "name: brook-a", "name: brook-a.brook.example"),
    "name: brook-b",
    "name: brook-a.other.example",
  );
  expect(wiresOf(called)?.machines.map(({ vm }) => vm)).toEqual(["101", "102"]);
});

test("without files of a hypervisor there are no wires", () => {
  expect(wiresOf({ primary: oneHost.primary, secondary: oneHost.secondary })).toBeUndefined();
});

test("tells of each card what it is plugged into", () => {
  const [machine] = wiresOf(replug(oneBridge, "net2: (.*)", "net2: $1,link_down=1", "101.conf"))?.machines ?? [];
  expect(machine).toMatchObject({ role: "primary", host: "pve1", vm: "101", name: "brook-a" });
  expect(machine?.cards).toEqual([
    { name: "net0", interfaces: ["wan"], bridge: "vmbr0", tag: 10, ports: undefined, linkDown: false },
    { name: "net1", interfaces: ["lan"], bridge: "vmbr0", tag: 1140, ports: undefined, linkDown: false },
    { name: "net2", interfaces: ["opt1"], bridge: "vmbr0", tag: 1150, ports: undefined, linkDown: true },
  ]);
  expect(wiresOf(twoHosts)?.machines[1]?.cards[2]?.ports).toEqual(["eno3"]);
});

test.for([
  [
    ["nodes/pve1/qemu-server/1.conf", "nodes/pve2/qemu-server/2.conf"],
    ["pve1", "pve2"],
  ],
  [
    ["lab/pve1/qemu-server/1.conf", "lab/pve2/qemu-server/2.conf"],
    ["pve1", "pve2"],
  ],
  [
    ["a/pve/qemu-server/1.conf", "b/pve/qemu-server/2.conf"],
    ["a/pve", "b/pve"],
  ],
  [
    ["1.conf", "2.conf"],
    ["host", "host"],
  ],
] as const)("calls the hosts of %j %j", ([paths, names]) => {
  const cards = "net0: virtio=BC:24:11:0A:00:00,bridge=vmbr10\n";
  const proxmox = { [paths[0]]: `name: brook-a\n${cards}`, [paths[1]]: `name: brook-b\n${cards}` };
  const machines = wiresOf({ ...oneHost, proxmox })?.machines ?? [];
  expect(machines.map(({ host }) => host)).toEqual(names);
});

describe("what the hypervisor does in every scenario", () => {
  const why = (files: WiredFiles): string | undefined => play(files)["normal"]?.vips[0]?.why;

  test("a card that is unplugged has no link, and demotes its node", () => {
    const { normal } = play(replug(oneHost, "net0: (.*)", "net0: $1,link_down=1", "101.conf"));
    expect(normal?.vips.map(states)).toEqual(["INIT MASTER", "BACKUP MASTER"]);
  });

  test("two networks: both nodes are master", () => {
    const files = replug(oneHost, "bridge=vmbr10", "bridge=vmbr10,tag=7", "102.conf");
    expect(why(files)).toBe(
      "neither node takes the other's advertisements: bridge vmbr10 keeps untagged frames and VLAN 7 apart",
    );
    expect([...(wiresOf(files)?.apart ?? [])]).toEqual([
      ["wan", "bridge vmbr10 keeps untagged frames and VLAN 7 apart"],
    ]);
  });

  test("a bridge without a port does not reach the other host", () => {
    expect(why(replug(twoHosts, "bridge-ports eno1", "bridge-ports none", "pve2/etc/network/interfaces"))).toMatch(
      /: bridge vmbr10 of pve2 has no port towards the other host$/,
    );
  });

  test("two bridges of one host, one without a port", () => {
    const files = replug(oneHost, "bridge=vmbr10", "bridge=vmbr11", "102.conf");
    expect(masters(play(files)["normal"])).toBe("primary primary");
    const interfaces = {
      "proxmox/nodes/pve1/etc/network/interfaces": "iface vmbr11 inet manual\n\tbridge-ports none\n",
    };
    expect(why({ ...files, proxmox: { ...files.proxmox, ...interfaces } })).toMatch(
      /: vmbr10 and vmbr11 are two bridges, and vmbr11 has no port$/,
    );
  });

  test("a sync network that is two keeps states at home", () => {
    const files = replug(oneHost, "bridge=vmbr1150", "bridge=vmbr1150,tag=7", "102.conf");
    expect(effects(play(files)["primary-down"], "connections")[0]).toBe(
      "bad: established connections break: the secondary has no states of theirs, since bridge vmbr1150 keeps untagged frames and VLAN 7 apart",
    );
    expect(effects(play(files)["bridge-dies:pve1/vmbr1150"], "connections")).toEqual(["note: nothing moves"]);
  });

  test("the MAC filter of the firewall lets no advertisement out", () => {
    expect(why(readFiles("rules/proxmox-mac-filter/bad-firewall-in-force"))).toMatch(
      /^neither node takes the other's advertisements: the MAC filter of net0 of VM 102 drops what the secondary sends from the MAC address of the VHID; the MAC filter of net0 of VM 101 drops/,
    );
  });

  test("the policy of the firewall lets no advertisement in, or no state", () => {
    const closed = readFiles("rules/proxmox-policy-drop/bad-default-policy");
    expect(why(closed)).toMatch(/the hypervisor's firewall drops what comes in on net0 of VM 10[12]/);
    const pfsync = readFiles("rules/proxmox-policy-drop/bad-pfsync-on-another-card");
    expect(effects(play(pfsync)["normal"], "connections")[0]).toMatch(
      /^bad: states are not copied between the nodes, since the hypervisor's firewall drops what comes in on net2 of VM/,
    );
  });

  test.for([
    "proxmox-mac-filter/good-firewall-on-sync-card-only",
    "proxmox-mac-filter/good-macfilter-off",
    "proxmox-policy-drop/good-rules-accept",
    "proxmox-policy-drop/good-security-group-may-accept",
  ])("a firewall that lets it through is no matter: %s", (name) => {
    const { normal } = play(readFiles(`rules/${name}`));
    expect(normal?.ok).toBe(true);
    expect(effects(normal, "connections")).toEqual([
      "good: pfsync copies the states of each node to the other, over opt1",
    ]);
  });
});
