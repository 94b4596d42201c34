import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formats } from "../../src/report/index.ts";
import { cli } from "../support/cli.ts";
import { root } from "../support/pair.ts";
import { folder } from "../support/run.ts";

const names = ["nice", "lyon", "brest", "paris", "metz"];

/** A site of five clusters, out of order, one of them hostile, some findings accepted. */
function site(): string {
  const cwd = folder();
  const pair = (name: string): string => (name === "lyon" ? "small" : name === "metz" ? "hostile" : "broken");
  for (const name of names) {
    cpSync(new URL(`fixtures/pairs/${pair(name)}`, root), join(cwd, name), { recursive: true });
  }
  const line = (name: string): string =>
    `  ${name}: { primary: ${name}/primary.xml, secondary: ${name}/secondary.xml }\n`;
  const accepted =
    "accepted: [{ rule: version-match, cluster: nice, subject: version, reason: later, until: 2027-01-01 }]\n";
  writeFileSync(join(cwd, "pfha-lint.yaml"), `clusters:\n${names.map(line).join("")}${accepted}`);
  return cwd;
}

// The picture in HTML needs the configurations themselves.
test.for([...formats.keys()].filter((name) => name !== "html"))(
  "the merged reports of shards are the report of the whole, in %s",
  async (format) => {
    const cwd = site();
    const parts = ["1/3", "2/3", "3/3"];
    for (const part of parts) {
      await cli(["check", "--shard", part, "-f", `json=part-${part[0]}.json`], { cwd });
    }
    const whole = await cli(["check", "-f", format, "-v"], { cwd });
    expect(whole.code).toBe(1);
    const merged = await cli(["merge-reports", "part-3.json", "part-1.json", "part-2.json", "-f", format, "-v"], {
      cwd,
    });
    expect(merged).toEqual({ ...whole, stderr: "" });
  },
);

test("merging twice, or in steps, changes nothing", async () => {
  const cwd = site();
  for (const part of ["1/2", "2/2"]) await cli(["check", "--shard", part, "-f", `json=${part[0]}.json`], { cwd });
  await cli(["merge-reports", "1.json", "2.json", "-f", "json=both.json"], { cwd });
  await cli(["merge-reports", "both.json", "-f", "json=again.json"], { cwd });
  expect(readFileSync(join(cwd, "again.json"), "utf8")).toBe(readFileSync(join(cwd, "both.json"), "utf8"));
});

test.for([
  ["something else", "[]", "no JSON report of pfha-lint: / must be object"],
  ["a broken file", "{", "no JSON"],
] as const)("refuses %s", async ([, text, message]) => {
  const cwd = folder();
  writeFileSync(join(cwd, "a.json"), text);
  expect(await cli(["merge-reports", "a.json"], { cwd })).toEqual({
    code: 3,
    stdout: "",
    stderr: `pfha-lint: a.json: ${message}\n`,
  });
});

test("refuses a cluster that two reports hold, and needs a report", async () => {
  const cwd = site();
  await cli(["check", "-f", "json=a.json"], { cwd });
  const stderr = expect.stringContaining("a.json: the cluster brest is in a.json too");
  expect(await cli(["merge-reports", "a.json", "a.json"], { cwd })).toMatchObject({ code: 3, stderr });
  expect(await cli(["merge-reports"], { cwd })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("missing argument"),
  });
});

test("ends with 3 where a shard could not read a file", async () => {
  const cwd = site();
  writeFileSync(join(cwd, "lyon/secondary.xml"), "<pfsense>");
  await cli(["check", "-f", "json=a.json"], { cwd });
  expect((await cli(["merge-reports", "a.json"], { cwd })).code).toBe(3);
});
