import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { afterSync } from "../../src/behaviour/xmlrpc-sync.ts";
import { sameTree } from "../../src/model/patch.ts";
import { change, clusterFrom, configOf, type Files, readFiles, small } from "../support/pair.ts";
import { folder, type Outcome, run } from "../support/run.ts";
import { complaints, shippedSchema } from "../support/schema.ts";

/** Plans a pair in a folder of its own. */
function plan(files: Files, ...args: string[]): Outcome & { readonly cwd: string } {
  const cwd = folder();
  writeFileSync(join(cwd, "pf1.xml"), files.primary);
  writeFileSync(join(cwd, "pf2.xml"), files.secondary);
  return { cwd, ...run(["plan", "pf1.xml", "pf2.xml", ...args], { cwd }) };
}

const stale = change(small, "secondary", "<address>192.168.7.80</address>", "<address>192.168.7.81</address>");

test("prints a plan and ends with 0, whether or not something would change", () => {
  const settled = plan(small);
  expect(settled).toMatchObject({ code: 0, stderr: "" });
  expect(settled.stdout).toContain("\nThe next XMLRPC sync changes nothing\n");
  const { code, stdout } = plan(stale);
  expect(code).toBe(0);
  expect(stdout).toContain(
    "  change  alias web  pf2.xml:180:3 from pf1.xml:180:3\n          address: 192.168.7.81 becomes 192.168.7.80\n",
  );
});

test("ends with 1 with --exit-code where something would change", () => {
  expect(plan(small, "--exit-code").code).toBe(0);
  expect(plan(stale, "--exit-code").code).toBe(1);
  const stopped = change(stale, "primary", "<synchronizetoip>10.99.0.2<", "<synchronizetoip><");
  expect(plan(stopped, "--primary", "pf1.xml", "--exit-code")).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("\nNo XMLRPC sync takes place: the primary has no target to synchronise to\n"),
  });
});

test("speaks JSON by its schema", () => {
  const { stdout } = plan(stale, "-f", "json");
  const output = JSON.parse(stdout) as unknown;
  expect(complaints(shippedSchema("plan.schema.json"), output)).toEqual([]);
  expect(output).toMatchObject({
    willSync: true,
    reason: null,
    sections: [
      {
        section: "aliases",
        mode: "replaced",
        entries: [
          {
            change: "change",
            subject: "alias/web",
            path: "/pfsense/aliases/alias",
            file: "pf2.xml",
            start: { line: 180 },
          },
        ],
      },
    ],
  });
});

test("takes roles from the files, or from --primary", () => {
  const turned = plan({ primary: stale.secondary, secondary: stale.primary }, "-f", "json");
  expect(JSON.parse(turned.stdout)).toMatchObject({ primary: { file: "pf2.xml" }, willSync: true });
  const forced = plan(stale, "-f", "json", "--primary", "pf2.xml");
  expect(JSON.parse(forced.stdout)).toMatchObject({ primary: { file: "pf2.xml" }, willSync: false });
});

describe("--output", () => {
  test("writes the secondary as it would be, for its owner only, and leaves both inputs alone", () => {
    const { cwd, code, stdout } = plan(stale, "-o", "after.xml");
    expect(code).toBe(0);
    expect(stdout).toContain("alias web");
    expect(readFileSync(join(cwd, "after.xml"), "utf8")).toBe(small.secondary);
    expect(statSync(join(cwd, "after.xml")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(cwd, "pf1.xml"), "utf8")).toBe(stale.primary);
    expect(readFileSync(join(cwd, "pf2.xml"), "utf8")).toBe(stale.secondary);
    expect(readdirSync(cwd).sort()).toEqual(["after.xml", "pf1.xml", "pf2.xml"]);
  });

  test("- writes it to standard output, and the plan to standard error", () => {
    const { stdout, stderr } = plan(stale, "-o", "-");
    expect(stdout).toBe(small.secondary);
    expect(stderr).toContain("alias web");
  });

  test("writes the secondary as it is where no sync takes place", () => {
    const stopped = change(stale, "primary", "<version>23.3</version>", "<version>22.9</version>");
    expect(plan(stopped, "-o", "-").stdout).toBe(stale.secondary);
  });

  test.for([
    ["pf1.xml", "pfha-lint: --output pf1.xml: is one of the inputs; write to another file\n"],
    ["./pf2.xml", "pfha-lint: --output ./pf2.xml: is one of the inputs; write to another file\n"],
    ["", "pfha-lint: --output: expected a file name, or - for standard output\n"],
  ] as const)("refuses %s with 2", ([output, message]) => {
    const { cwd, code, stderr } = plan(stale, "-o", output);
    expect(code).toBe(2);
    expect(stderr.startsWith(message)).toBe(true);
    expect(readFileSync(join(cwd, "pf2.xml"), "utf8")).toBe(stale.secondary);
  });

  test.for(["002-stale-secondary", "042-kea-flip"])("of %s is a file that holds what the sync leaves", (name) => {
    const files = readFiles(`conformance/sync/${name}`);
    const { code, stdout } = plan(files, "-o", "-");
    expect(code).toBe(0);
    const { config } = afterSync(clusterFrom(files));
    expect(sameTree(configOf(stdout).tree, config.tree, config.dialect.isList)).toBe(true);
  });
});

test("shows no secret, in either format", () => {
  const secret = "another-psk-of-brook";
  const files = change(small, "secondary", /example-vip-pass/g, secret);
  for (const args of [[], ["-f", "json"]]) {
    const { stdout, stderr } = plan(files, ...args);
    expect(stdout).toContain("password");
    expect(stdout + stderr).not.toMatch(/another-psk|example-vip-pass/);
  }
});

test("ends with 3 for a file that pfSense would refuse, and names the place", () => {
  const { code, stderr, stdout } = plan(change(small, "secondary", "</hasync>", "</hasnc>"), "-o", "after.xml");
  expect(code).toBe(3);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^pfha-lint: pf2\.xml:\d+:\d+: /);
});
