import { expect, test } from "vitest";
import { rules } from "../../src/rules/index.ts";
import { cli } from "../support/cli.ts";
import { complaints, shippedSchema } from "../support/schema.ts";

const ids = (stdout: string): string[] =>
  stdout
    .split("\n")
    .slice(0, -2)
    .map((line) => line.split(" ")[0] ?? "");

test("rules prints every rule in one line, and how many they are", async () => {
  const { code, stdout } = await cli(["rules"]);
  expect(code).toBe(0);
  expect(ids(stdout)).toEqual(rules.map(({ id }) => id));
  expect(stdout).toContain(`\n${rules.length} rules; `);
});

test("rules narrows the table by prefix, severity and fix", async () => {
  const matching = rules.filter(
    ({ id, severity, fix }) => id.startsWith("xml") && severity === "error" && fix !== "none",
  );
  expect(matching.length).toBeGreaterThan(0);
  expect(ids((await cli(["rules", "xml", "--severity", "error", "--fixable"])).stdout)).toEqual(
    matching.map(({ id }) => id),
  );
});

test("rules names the nearest prefix where none fits", async () => {
  expect(await cli(["rules", "crap-"])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("did you mean carp-?"),
  });
});

const schema = shippedSchema("rules.schema.json");

test("both print JSON that follows the shipped schema", async () => {
  const table = JSON.parse((await cli(["rules", "-f", "json"])).stdout);
  expect(complaints(schema, table)).toEqual([]);
  expect(table.rules).toHaveLength(rules.length);
  for (const { id } of rules) {
    const page = JSON.parse((await cli(["explain", id, "-f", "json"])).stdout);
    expect(complaints(schema, { schemaVersion: 1, rules: [page] })).toEqual([]);
    expect(page.page).toContain(`# ${id}\n`);
  }
});

test("explain prints every page without mark-up", async () => {
  for (const { id, summary } of rules) {
    const { code, stdout } = await cli(["explain", id]);
    expect(code).toBe(0);
    expect(stdout).toContain(`${id}\n\n${summary}\n`);
    for (const part of ["Why", "Example", "Fix", "When to accept it", "Evidence"])
      expect(stdout).toContain(`\n\n${part}\n\n`);
    expect(stdout).not.toMatch(/<!--|^```|^#|\]\(/m);
  }
});

test("explain marks headings on a terminal only", async () => {
  expect((await cli(["explain", "version-match"], { terminal: true })).stdout).toContain("\u001b[1mWhy\u001b[22m");
  expect((await cli(["explain", "version-match"], { terminal: true, env: { NO_COLOR: "1" } })).stdout).not.toContain(
    "\u001b",
  );
});

test("explain names the nearest rule", async () => {
  const stderr = expect.stringContaining("did you mean version-match?");
  expect(await cli(["explain", "version-mach"])).toMatchObject({ code: 2, stderr });
});
