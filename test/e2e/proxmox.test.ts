import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../support/pair.ts";
import { folder, run } from "../support/run.ts";

/** First lines of the diagnostics about the wires. */
function wires(args: readonly string[], cwd = root.pathname): string[] {
  const { stdout } = run(
    ["fixtures/pairs/reference/pf1.xml", "fixtures/pairs/reference/pf2.xml", "-f", "compact", "--proxmox", ...args],
    { cwd },
  );
  return stdout.split("\n").filter((line) => line.includes("[proxmox-"));
}

test("the reference cluster on one host: one warning, nothing else", () => {
  expect(wires(["fixtures/proxmox/one-host"])).toEqual([
    expect.stringMatching(
      /^fixtures\/proxmox\/one-host\/nodes\/pve\/qemu-server\/115\.conf:8:7: warning: .* \[proxmox-host-apart\]$/,
    ),
  ]);
});

test("one node's sync interface on another bridge: one error that names both lines", () => {
  const found = wires(["fixtures/proxmox/sync-on-another-bridge"]).filter(
    (line) => !line.includes("proxmox-host-apart"),
  );
  expect(found).toEqual([
    expect.stringMatching(
      /115\.conf:11:32: error: opt1 \(SYNC\) on net2: expected vmbr1150 as on the primary, found vmbr1141 \[proxmox-segment-match\]$/,
    ),
  ]);
  const json = run([
    "fixtures/pairs/reference/pf1.xml",
    "fixtures/pairs/reference/pf2.xml",
    "-f",
    "json",
    "--proxmox",
    "fixtures/proxmox/sync-on-another-bridge",
  ]);
  const { diagnostics } = JSON.parse(json.stdout).clusters[0];
  const [segment] = diagnostics.filter(({ rule }: { rule: string }) => rule === "proxmox-segment-match");
  expect(segment.related[0].file).toMatch(/114\.conf$/);
});

test("the firewall in force: the frames that are dropped, by card and VIP", () => {
  const found = wires(["fixtures/proxmox/firewall-in-force"]).filter((line) => line.includes(": error: "));
  expect(found.map((line) => line.replace(/^.*error: /, ""))).toEqual([
    "net0 (wan) of VM 114: expected frames from the MAC addresses of VHID 10 on wan to pass, found the MAC filter on [proxmox-mac-filter]",
    "net1 (lan) of VM 114: expected frames from the MAC addresses of VHID 20 on lan to pass, found the MAC filter on [proxmox-mac-filter]",
    "net0 (wan) of VM 115: expected frames from the MAC addresses of VHID 10 on wan to pass, found the MAC filter on [proxmox-mac-filter]",
    "net1 (lan) of VM 115: expected frames from the MAC addresses of VHID 20 on lan to pass, found the MAC filter on [proxmox-mac-filter]",
  ]);
});

test("two hosts, wired well: silence", () => {
  expect(wires(["fixtures/proxmox/two-hosts"])).toEqual([]);
});

/** Scenarios of the reference cluster on a hypervisor: who is master of its two VIPs, by id. */
function simulated(name: string): { code: number | null; masters: Record<string, string> } {
  const { code, stdout, stderr } = run([
    "simulate",
    ...reference,
    "-f",
    "json",
    "--proxmox",
    `fixtures/proxmox/${name}`,
  ]);
  expect(stderr).toBe("");
  const scenarios: { id: string; vips: { master: string }[] }[] = JSON.parse(stdout).scenarios;
  return {
    code,
    masters: Object.fromEntries(scenarios.map(({ id, vips }) => [id, vips.map(({ master }) => master).join(" ")])),
  };
}

const reference = ["fixtures/pairs/reference/pf1.xml", "fixtures/pairs/reference/pf2.xml"];

describe("simulate answers", () => {
  test.for(["one-host", "sync-on-another-bridge", "firewall-in-force"])(
    "the host dies: no VIP has a master any more: %s",
    (name) => {
      const { code, masters } = simulated(name);
      expect(masters["host-dies:pve"]).toBe("none none");
      expect(masters["bridge-dies:pve/vmbr10"]).toMatch(/^none /);
      expect(masters["bridge-dies:pve/vmbr1140"]).toMatch(/ none$/);
      expect(code).toBe(1);
    },
  );

  test("one of two hosts dies: the other node has every VIP; a bridge dies: its VIP moves alone", () => {
    const { code, masters } = simulated("two-hosts");
    expect(masters).toMatchObject({
      "host-dies:pve1": "secondary secondary",
      "host-dies:pve2": "primary primary",
      "bridge-dies:pve1/vmbr10": "secondary primary",
      "bridge-dies:pve1/vmbr1140": "primary secondary",
      "bridge-dies:pve1/vmbr1150": "primary primary",
      "bridge-dies:pve2/vmbr10": "primary primary",
    });
    expect(code).toBe(0);
  });

  test("the firewall in force: both nodes are master of everything from the beginning", () => {
    expect(simulated("firewall-in-force").masters["normal"]).toBe("both both");
  });

  test("in words, with what is plugged into what", () => {
    const { stdout } = run(["simulate", ...reference, "--proxmox", "fixtures/proxmox/sync-on-another-bridge"]);
    expect(stdout).toContain("\nhost pve\n  VM 114 pfsense (primary)\n    wan   net0 ─ vmbr10   ─ eno1\n");
    expect(stdout).toContain(
      "\n    opt1  net2 ─ vmbr1141 ─ no port\n✗ opt1 is not one network: vmbr1150 and vmbr1141 are two bridges, and vmbr1150 has no port\n",
    );
    expect(stdout).toMatch(/\n✗ 12 {2}the host pve dies, and both nodes with it +none ! +none !\n/);
  });

  test("from the configuration file, which names the files and which card is which", () => {
    const cwd = folder();
    cpSync(new URL("fixtures/proxmox/two-hosts", root), join(cwd, "pve"), { recursive: true });
    cpSync(new URL("fixtures/pairs/small", root), cwd, { recursive: true });
    const nics = "nics: { wan: net0, lan: net1, opt1: net2 }";
    const proxmox = `{ files: [pve], primary: { vm: 114, ${nics} }, secondary: { vm: 115, ${nics} } }`;
    const file = `clusters:\n  lab: { primary: primary.xml, secondary: secondary.xml, proxmox: ${proxmox} }\n`;
    writeFileSync(join(cwd, "pfha-lint.yaml"), file);
    const told = run(["simulate", "primary.xml", "secondary.xml"], { cwd });
    expect(told).toMatchObject({ code: 0, stderr: "" });
    expect(told.stdout).toContain("the host pve1 dies, and the primary with it");
    const plain = run(["simulate", "primary.xml", "secondary.xml", "--no-config"], { cwd });
    expect(plain.stdout).not.toContain("pve1");
    const unnamed = run(["simulate", "primary.xml", "secondary.xml", "--no-config", "--proxmox", "pve"], { cwd });
    expect(unnamed.code).toBe(0);
    expect(unnamed.stderr).toContain(
      "note: cannot tell the virtual machine of the primary: no guest is called brook-a",
    );
    expect(unnamed.stdout).toBe(plain.stdout);
  });
});

test("says what it cannot tell, and takes it from the configuration file", () => {
  const cwd = folder();
  cpSync(new URL("fixtures/proxmox/two-hosts", root), join(cwd, "pve"), { recursive: true });
  cpSync(new URL("fixtures/pairs/small", root), cwd, { recursive: true });
  const plain = run(["primary.xml", "secondary.xml", "--proxmox", "pve"], { cwd });
  expect(plain.code).toBe(0);
  expect(plain.stderr).toContain("cannot tell the virtual machine of the primary: no guest is called brook-a");
  const proxmox =
    "{ files: [pve], primary: { vm: 114, nics: { wan: net0, lan: net1, opt1: net2 } }, secondary: { vm: 115, nics: { wan: net0, lan: net1, opt1: net0 } } }";
  writeFileSync(
    join(cwd, "pfha-lint.yaml"),
    `clusters:\n  lab: { primary: primary.xml, secondary: secondary.xml, proxmox: ${proxmox} }\n`,
  );
  const told = run(["check", "-f", "compact"], { cwd });
  expect(told.stderr).toBe("");
  expect(told.code).toBe(0);
});

test.for([
  [["nowhere"], "nowhere: cannot be read: no such file"],
  [
    ["fixtures/pairs"],
    "fixtures/pairs: expected NNN.conf, NNN.fw, cluster.fw or interfaces in this folder, found none",
  ],
  [["package.json"], "package.json: expected a file called NNN.conf"],
] as const)("%j is an input that cannot be checked: 3", ([args, message]) => {
  const outcome = run(["fixtures/pairs/reference/pf1.xml", "fixtures/pairs/reference/pf2.xml", "--proxmox", ...args]);
  expect(outcome).toMatchObject({ code: 3, stdout: "" });
  expect(outcome.stderr).toContain(message);
});

test("a line that it cannot read has a place", () => {
  const cwd = folder();
  writeFileSync(join(cwd, "100.conf"), "name: a\nwhat is this\n");
  cpSync(new URL("fixtures/pairs/small", root), cwd, { recursive: true });
  expect(run(["primary.xml", "secondary.xml", "--proxmox", "100.conf"], { cwd })).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("100.conf:2:1: expected an option, a rule or a [section], found something else"),
  });
});
