import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { formats } from "../../src/report/index.ts";
import { Canaries, strangePlaces, withCanaries } from "../support/canaries.ts";
import { cli } from "../support/cli.ts";
import { readFuzzInput, writeFuzzInput } from "../support/fuzz-input.ts";
import { change, type Files, root } from "../support/pair.ts";
import { folder, run } from "../support/run.ts";

const complete = readFuzzInput(fileURLToPath(new URL("fixtures/seeds/complete", root)));
const textOf = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/** A pair that has much to be said about it, with another canary in every secret field of either file. */
function marked(canaries: Canaries): Files {
  const original = { primary: textOf(complete.primary), secondary: textOf(complete.secondary) };
  const files = withCanaries(original, canaries);
  const strange = change(
    change(files, "primary", "<ssh>", `${strangePlaces(canaries, "Pst")}<ssh>`),
    "secondary",
    "<ssh>",
    `${strangePlaces(canaries, "Sst")}<ssh>`,
  );
  return change(change(strange, "secondary", /<advskew>100/g, "<advskew>0"), "secondary", /<vhid>2</g, "<vhid>0x2<");
}

/** All in one line: whatever a frame is about, secrets stand around it. */
const inOneLine = ({ primary, secondary }: Files): Files => ({
  primary: primary.replace(/\n\s*/g, ""),
  secondary: secondary.replace(/\n\s*/g, ""),
});

function write(cwd: string, files: Files, canaries: Canaries): void {
  writeFuzzInput(cwd, complete);
  writeFileSync(join(cwd, "primary.xml"), files.primary);
  writeFileSync(join(cwd, "secondary.xml"), files.secondary);
  for (const id of [114, 115]) {
    const path = join(cwd, "proxmox/nodes/pve/qemu-server", `${id}.conf`);
    const guest = readFileSync(path, "utf8").replace(/example-secret-\w+/g, () => canaries.next("Pve"));
    // Secrets where a diagnostic about the machine as a whole points.
    writeFileSync(path, `cipassword: ${canaries.next("Pve")}\nsshkeys: ${canaries.next("Pve")}\n${guest}`);
  }
  const hash = `$2y$04$${canaries.next("Hsh")}${"a".repeat(53)}`.slice(0, 60);
  writeFileSync(join(cwd, "node.yaml"), textOf(complete.others?.["node.yaml"]).replace(/\$2y.*/, hash));
}

const pair = ["primary.xml", "secondary.xml"];
const packet = "--interface wan --protocol tcp --source 203.0.113.9 --destination 198.51.100.10 --port 443".split(" ");
const wired = ["--proxmox", "proxmox", "--no-config"];

const checks: readonly (readonly string[])[] = [...formats.keys()].flatMap((format) => [
  ["check", ...pair, ...wired, "-f", format],
  ["check", "--config", "pfha-lint.yaml", "-f", `${format}=report.${format}`],
]);

const others: readonly (readonly string[])[] = [
  ["check", ...pair, ...wired, "-v", "--timing"],
  ["check", ...pair, ...wired, "-q"],
  ["check", ...pair, ...wired, "--color", "always", "--fail-on", "info"],
  ["staged", "primary.xml", "-v"],
  ["fix", ...pair, "--no-config"],
  ["fix", ...pair, "--no-config", "--unsafe", "--node", "both"],
  ["fix", ...pair, "--no-config", "--unsafe", "--node", "both", "--color", "always"],
  ["fix", ...pair, "--no-config", "--check"],
  ["fix", ...pair, "--no-config", "--unsafe", "-o", "new.xml"],
  ["fix", ...pair, "--no-config", "--write", "--unsafe"],
  ["compile", "primary.xml", "--no-config", "--node", "secondary.xml", "-o", "new.xml"],
  ["compile", "primary.xml", "--no-config", "--node", "node.yaml", "-o", "new.xml"],
  ["compile", "primary.xml", "--no-config", "--init"],
  ["plan", ...pair],
  ["plan", ...pair, "-f", "json", "-o", "new.xml"],
  ["plan", ...pair, "--color", "always"],
  ["simulate", ...pair, "-v"],
  ["simulate", ...pair, "-f", "json"],
  ["trace", "primary.xml", ...packet],
  ["trace", "secondary.xml", "--queries", "queries.yaml", "-f", "json"],
  ["ast", "primary.xml"],
  ["ast", "secondary.xml"],
  ["accept", ...pair, "--reason", "so it is", "--config", "pfha-lint.yaml"],
  ["init"],
  ["explain", "carp-password-match"],
  ["rules"],
];

/** Everything that was printed, and every file that was written, but those that become a configuration. */
function leaks(cwd: string, printed: string, canaries: Canaries): readonly string[] {
  const inputs = /^(?:primary|secondary|new)\.xml(?:\.orig)?$|^node\.yaml$|^proxmox/;
  const files = readdirSync(cwd, { recursive: true, encoding: "utf8" }).filter(
    (name) => !inputs.test(name) && statSync(join(cwd, name)).isFile(),
  );
  return canaries.in([printed, ...files.map((name) => readFileSync(join(cwd, name), "utf8"))].join("\n"));
}

/** Runs command lines in this process; what leaks is named by the command line. */
async function expectTight(files: Files, canaries: Canaries, lines: readonly (readonly string[])[]): Promise<void> {
  for (const args of lines) {
    const cwd = folder();
    write(cwd, files, canaries);
    const { code, stdout, stderr } = await cli(args, { cwd });
    expect({ args, code: code === 70 }).toEqual({ args, code: false });
    expect({ args, leaks: leaks(cwd, stdout + stderr, canaries) }).toEqual({ args, leaks: [] });
    rmSync(cwd, { recursive: true });
  }
}

test("the canaries are in place, and would be recognised in any form", () => {
  const canaries = new Canaries();
  const { primary, secondary } = marked(canaries);
  expect(canaries.all.length).toBeGreaterThan(250);
  expect(canaries.in(primary + secondary)).toEqual(canaries.all);
  expect(primary + secondary).not.toMatch(/example-(?:secret|vip|sync)/);
  const [one = ""] = canaries.all;
  const base64 = Buffer.from(`xx${one}xx`).toString("base64");
  const hex = Buffer.from(one).toString("hex");
  for (const output of [one, one.slice(0, 12), one.slice(3), base64, hex])
    expect(canaries.in(`a ${output} b`)).toContain(one);
});

describe("no secret is printed or written into a report", () => {
  test.for(["as it is", "in one line"])("by any format, the pair %s", async (how) => {
    const canaries = new Canaries();
    const files = marked(canaries);
    await expectTight(how === "in one line" ? inOneLine(files) : files, canaries, checks);
  });

  test.for(["as it is", "in one line"])("by any command, the pair %s", async (how) => {
    const canaries = new Canaries();
    const files = marked(canaries);
    await expectTight(how === "in one line" ? inOneLine(files) : files, canaries, others);
  });

  test("by the built program", () => {
    const canaries = new Canaries();
    const files = marked(canaries);
    for (const args of [...others, ["check", ...pair, ...wired, "-f", "json=one.json", "-f", "text"]]) {
      const cwd = folder();
      write(cwd, files, canaries);
      const { code, stdout, stderr } = run(args, { cwd });
      expect({ args, code: code === 70 }).toEqual({ args, code: false });
      expect({ args, leaks: leaks(cwd, stdout + stderr, canaries) }).toEqual({ args, leaks: [] });
    }
  });

  test("by merge-reports", async () => {
    const canaries = new Canaries();
    const cwd = folder();
    write(cwd, marked(canaries), canaries);
    await cli(["check", ...pair, ...wired, "-f", "json=one.json"], { cwd });
    expect(existsSync(join(cwd, "one.json"))).toBe(true);
    for (const format of formats.keys()) {
      const { stdout, stderr } = await cli(["merge-reports", "one.json", "-f", format], { cwd });
      expect(stdout).not.toBe("");
      expect({ format, leaks: leaks(cwd, stdout + stderr, canaries) }).toEqual({ format, leaks: [] });
    }
  });

  test("where only the secrets differ, or only the secrets are the same", async () => {
    const canaries = new Canaries();
    const { primary } = marked(canaries);
    const other = marked(new Canaries()).primary.replaceAll("Zq", "Yq");
    const twin = change({ primary, secondary: other }, "secondary", "<hostname>brook-a", "<hostname>brook-b");
    const own = new Canaries();
    own.all.push(...canaries.all, ...canaries.all.map((one) => one.replace("Zq", "Yq")));
    await expectTight(twin, own, [
      ["plan", ...pair],
      ["plan", ...pair, "-f", "json"],
      ["check", ...pair, ...wired, "-f", "json"],
    ]);
  });
});

/** What becomes of a file that is cut, torn or mistyped in or beside a secret. */
const damages: readonly (readonly [string, (text: string) => string])[] = [
  ["cut inside the secret", (text) => text.slice(0, text.indexOf("SECRET") + 8 + 14)],
  ["cut behind it", (text) => text.slice(0, text.indexOf("</password>", text.indexOf("SECRET")))],
  ["cut in its close tag", (text) => text.slice(0, text.indexOf("</password>", text.indexOf("SECRET")) + 5)],
  ["a stray < in front of it", (text) => text.replace("SECRET:", "< ")],
  ["a stray & in it", (text) => text.replace("SECRET:", "a & b")],
  ["an unknown entity in it", (text) => text.replace("SECRET:", "&nope;")],
  ["an unclosed CDATA section", (text) => text.replace("SECRET:", "<![CDATA[")],
  ["]]> in it", (text) => text.replace("SECRET:", "]]>")],
  ["a NUL in it", (text) => text.replace("SECRET:", "\0")],
  ["no open bracket", (text) => text.replace("<password>SECRET:", "password>")],
  ["no close bracket", (text) => text.replace("<password>SECRET:", "<password ")],
  ["a torn open tag", (text) => text.replace("<password>SECRET:", "<pass word>")],
  ["an unquoted attribute", (text) => text.replace("<password>SECRET:", "<password x=")],
  ["an unclosed attribute", (text) => text.replace("<password>SECRET:", '<password x="')],
  ["a wrong close tag", (text) => text.replace(/(SECRET:\w+)<\/password>/, "$1</passwort>")],
  ["no close tag", (text) => text.replace(/(SECRET:\w+)<\/password>/, "$1")],
  ["an element in it", (text) => text.replace("SECRET:", "<b>x</b>")],
  ["twice", (text) => text.replace(/<password>SECRET:\w+<\/password>/, "$&$&")],
  ["a comment that is not closed", (text) => text.replace("SECRET:", "<!-- ")],
  ["two hyphens in a comment", (text) => text.replace("SECRET:", "<!-- a -- b -->")],
  ["many faults in front of it", (text) => text.replace("SECRET:", `${"<& ".repeat(30)}`)],
  ["invalid UTF-8 in front of it", (text) => text.replace("SECRET:", "\ufffe\ufffe")],
];

test.for(damages)("a file with %s shows nothing of the secret", async ([, damage]) => {
  const canaries = new Canaries();
  const files = marked(canaries);
  for (const lines of [files, inOneLine(files)]) {
    const broken = damage(
      lines.secondary.replace(/(<hasync>[\s\S]*?|<password>)(SecZq\w+)<\/password>/, "$1SECRET:$2</password>"),
    );
    expect(broken).not.toBe(lines.secondary);
    const commands = [
      ["check", ...pair, ...wired],
      ["check", ...pair, ...wired, "-f", "json"],
      ["check", ...pair, ...wired, "-f", "markdown"],
      ["ast", "secondary.xml"],
      ["fix", ...pair, "--no-config"],
      ["plan", ...pair],
      ["compile", "primary.xml", "--node", "secondary.xml", "-o", "new.xml", "--no-config"],
      ["compile", "secondary.xml", "--init", "--no-config"],
      ["trace", "secondary.xml", ...packet],
    ];
    await expectTight({ ...lines, secondary: broken }, canaries, commands);
  }
});

test.for([
  ["node.yaml", "adminPasswordHash: CANARY"],
  ["node.yaml", "adminPasswordHash: [CANARY]"],
  ["node.yaml", "adminPasswordHash: &a CANARY\nx: *b"],
  ["node.yaml", 'adminPasswordHash: "CANARY'],
  ["node.yaml", "adminPasswordHash: CANARY: x"],
  ["node.yaml", "adminPasswordHash: !CANARY x"],
  ["node.yaml", "adminPasswordHash: CANARY\nadminPasswordHash: CANARY"],
  ["node.yaml", "adminPasswordHash: CANARY\n CANARY\n\tCANARY"],
  ["node.yaml", "adminPasswordHash: 'a' CANARY"],
  ["node.yaml", "adminPasswordHash: }CANARY{"],
  ["proxmox/nodes/pve/qemu-server/114.conf", "cipassword CANARY"],
  ["proxmox/nodes/pve/qemu-server/114.conf", "name: brook-a\ncipassword: x\n CANARY"],
  ["proxmox/nodes/pve/qemu-server/114.conf", "CANARY"],
  ["proxmox/firewall/114.fw", "[OPTIONS]\nCANARY\n[RULES\nCANARY"],
] as const)("a fault in %s does not quote it: %j", async ([name, content]) => {
  const canaries = new Canaries();
  const cwd = folder();
  write(cwd, marked(canaries), canaries);
  mkdirSync(join(cwd, "proxmox"), { recursive: true });
  const rest = name === "node.yaml" ? "hostname: brook-b\ninterfaces: {}\n" : "";
  writeFileSync(join(cwd, name), rest + content.replaceAll("CANARY", () => canaries.next("Yml")));
  for (const args of [
    ["compile", "primary.xml", "--node", "node.yaml", "-o", "new.xml", "--no-config"],
    ["check", ...pair, ...wired],
  ]) {
    const { stdout, stderr } = await cli(args, { cwd });
    expect({ args, leaks: leaks(cwd, stdout + stderr, canaries) }).toEqual({ args, leaks: [] });
  }
});
