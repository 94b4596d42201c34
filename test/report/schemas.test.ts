import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { formats } from "../../src/report/index.ts";
import { rules } from "../../src/rules/index.ts";
import { root } from "../support/pair.ts";
import { runOver } from "../support/run-over.ts";
import { complaints, sarifSchema, shippedSchema } from "../support/schema.ts";
import { settingsOf } from "../support/settings.ts";

const below = (folder: string): string[] =>
  readdirSync(new URL(`fixtures/${folder}`, root)).map((name) => `${folder}/${name}`);
const pairs = [...below("rules").flatMap(below), ...below("pairs"), ...below("conformance/clusters")].filter((folder) =>
  existsSync(new URL(`fixtures/${folder}/primary.xml`, root)),
);
const json = shippedSchema("report.schema.json");
const sarif = sarifSchema();

test.for(pairs)("the reports on %s follow their schemas", async (folder) => {
  const run = await runOver([folder], rules, { ...settingsOf(folder), verifyPasswords: false });
  const parsed = async (format: string): Promise<unknown> => JSON.parse((await formats.get(format)!())(run));
  expect(complaints(json, await parsed("json"))).toEqual([]);
  expect(complaints(sarif, await parsed("sarif"))).toEqual([]);
});

test("the schemas refuse what is not of the format", () => {
  expect(complaints(json, { schemaVersion: 1 })).not.toEqual([]);
  expect(complaints(sarif, { version: "2.1.0", runs: [{ tool: {} }] })).not.toEqual([]);
});
