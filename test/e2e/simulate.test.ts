import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { change, type Files, small } from "../support/pair.ts";
import { folder, type Outcome, run } from "../support/run.ts";

function simulate(files: Files, ...args: string[]): Outcome {
  const cwd = folder();
  writeFileSync(join(cwd, "pf1.xml"), files.primary);
  writeFileSync(join(cwd, "pf2.xml"), files.secondary);
  return run(["simulate", "pf1.xml", "pf2.xml", ...args], { cwd });
}

const equal = change(small, "secondary", /<advskew>100</g, "<advskew>0<");

test("prints a table and ends with 0 where every VIP is where it should be", () => {
  const { code, stdout, stderr } = simulate(small);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain("\n✓  1  both nodes are up ");
  expect(stdout).toMatch(/every VIP is where it should be\n$/);
});

test("ends with 1 where one is not, in both formats", () => {
  expect(simulate(equal).code).toBe(1);
  const { code, stdout } = simulate(equal, "--format", "json");
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    scenarios: [{ id: "normal", ok: false }, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}],
  });
});

test("takes roles from the files, or from --primary", () => {
  const detected = JSON.parse(simulate({ primary: small.secondary, secondary: small.primary }, "-f", "json").stdout);
  expect(detected.primary.file).toBe("pf2.xml");
  const chosen = JSON.parse(simulate(small, "-f", "json", "--primary", "pf2.xml").stdout);
  expect(chosen.primary.file).toBe("pf2.xml");
  expect(chosen.scenarios[0]).toMatchObject({ id: "normal", ok: false });
});

test("ends with 3 for a file that pfSense would refuse, and names the place", () => {
  const { code, stdout, stderr } = simulate(
    change(small, "secondary", "<lastchange></lastchange>", "<hasync></hasync>"),
  );
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr).toMatch(/^pfha-lint: pf2\.xml:\d+:\d+: /);
});

test("ends with 2 for an unknown format", () => {
  expect(simulate(small, "--format", "sarif").code).toBe(2);
});
