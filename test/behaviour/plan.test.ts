import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { plan } from "../../src/behaviour/plan.ts";
import { afterSync } from "../../src/behaviour/xmlrpc-sync.ts";
import { applyEdits } from "../../src/emit/apply.ts";
import { rewrite } from "../../src/model/patch.ts";
import { printEdits } from "../../src/model/print.ts";
import { toValue } from "../../src/model/value.ts";
import type { Plan, PlannedEntry } from "../../src/plan.ts";
import { planJson } from "../../src/report/plan-json.ts";
import { planText } from "../../src/report/plan-text.ts";
import { change, clusterFrom, configOf, type Files, readFiles, root, small } from "../support/pair.ts";
import { complaints, shippedSchema } from "../support/schema.ts";

const below = (folder: string): string[] =>
  readdirSync(new URL(`fixtures/${folder}`, root)).map((name) => `${folder}/${name}`);
const pairs = [...below("conformance/sync"), ...below("conformance/clusters"), "pairs/small"];

const planOf = (files: Files): Plan => plan(clusterFrom(files));
const entries = ({ sections }: Plan): PlannedEntry[] => sections.flatMap((section) => [...section.entries]);
const summary = (planned: Plan): string[] => entries(planned).map(({ change: kind, subject }) => `${kind} ${subject}`);

describe("over every pair", () => {
  const schema = shippedSchema("plan.schema.json");

  test.for(pairs)("%s follows the schema, shows no secret, and has both sides", (folder) => {
    const files = readFiles(folder);
    const planned = planOf(files);
    expect(complaints(schema, JSON.parse(planJson(planned, "0.0.0")))).toEqual([]);
    const shown = planText(planned) + planJson(planned, "0.0.0");
    for (const secret of secretsIn(files)) expect(shown).not.toContain(secret);
    for (const { change: kind, at, from } of entries(planned)) {
      expect(at.source.path).toBe(kind === "add" ? "primary.xml" : "secondary.xml");
      if (from) expect(from.at.source.path).toBe("primary.xml");
    }
    expect(planned.willSync).toBe(planned.reason === undefined);
  });

  test.for(pairs)("%s as people read it", async (folder) => {
    const golden = new URL(`fixtures/plans/${folder.replace(/^(?:conformance|pairs)\//, "")}.txt`, root);
    await expect(planText(planOf(readFiles(folder)))).toMatchFileSnapshot(golden.pathname);
  });

  test.for(pairs)("%s written as the sync would leave it reads as the sync would leave it", (folder) => {
    const cluster = clusterFrom(readFiles(folder));
    const { secondary } = cluster;
    const { config } = afterSync(cluster);
    const edits = printEdits(rewrite(secondary.tree, config.tree, secondary.dialect.isList));
    const text = applyEdits(secondary.source, edits);
    const written = configOf(text, "secondary.xml");
    expect(written.faults).toEqual([]);
    expect(valueIn(written.tree, secondary.dialect.isList)).toEqual(valueIn(config.tree, secondary.dialect.isList));
    const planned = plan(cluster);
    if (planned.sections.length === 0) expect(text).toBe(secondary.source.text);
    else expect(text).not.toBe(secondary.source.text);
  });
});

const valueIn = (tree: Parameters<typeof toValue>[0], isList: (name: string) => boolean): unknown =>
  JSON.parse(JSON.stringify(toValue(tree, isList)));

/** Values long enough to be recognised, of elements that are secret in anybody's eyes. */
function secretsIn(files: Files): string[] {
  const names = "password|bcrypt-hash|sha512-hash|prv|crt|pre-shared-key|tls|ldap_bindpw";
  const elements = new RegExp(`<(${names})>(?:<!\\[CDATA\\[)?([^<\\]]{8,})`, "g");
  return [files.primary, files.secondary].flatMap((text) =>
    [...text.matchAll(elements)].map(([, , value]) => value ?? ""),
  );
}

test("of a secondary whose system settings a text has replaced", () => {
  const files = change(small, "secondary", "\t</system>", "\ttext</system>");
  expect(plan(clusterFrom(files)).sections).toMatchObject([
    { section: "system", mode: "merged", entries: [{ change: "change", subject: "system" }] },
  ]);
});

// XML allows this character in a name; a terminal shows nothing of it.
test("a name that cannot be seen is shown as what it is", () => {
  const files = change(small, "secondary", "</pfsense>", "<a\ufeffb><x>1</x></a\ufeffb></pfsense>");
  expect(planText(plan(clusterFrom(files)))).toContain("  a\\u{feff}b  ");
});

test("of the reference cluster with its target corrected", async () => {
  const typed = readFiles("conformance/clusters/reference-as-typed");
  const corrected = change(typed, "primary", "<synchronizetoip>https://10.0.0.2<", "<synchronizetoip>10.0.0.2<");
  const golden = new URL("fixtures/plans/clusters/reference-corrected.txt", root);
  await expect(planText(planOf(corrected))).toMatchFileSnapshot(golden.pathname);
});

describe("plan", () => {
  test("of a pair in step is empty", () => {
    expect(planOf(small)).toMatchObject({ willSync: true, reason: undefined, sections: [], doubts: [] });
  });

  test("tells what is added, changed, moved and deleted, with both sides", () => {
    const files = change(
      change(
        change(small, "secondary", "<descr><![CDATA[Web]]></descr>", "<descr><![CDATA[Mail]]></descr>"),
        "secondary",
        "<network>10.60.0.0/16</network>",
        "<network>10.61.0.0/16</network>",
      ),
      "secondary",
      "<advskew>100</advskew>\n\t\t\t<advbase>1</advbase>\n\t\t\t<password><![CDATA[example-vip-pass]]></password>\n\t\t\t<uniqid>64b0000000002",
      "<advskew>0</advskew>\n\t\t\t<advbase>1</advbase>\n\t\t\t<password><![CDATA[another-vip-pass]]></password>\n\t\t\t<uniqid>64b0000000002",
    );
    expect(planText(planOf(files))).toMatchInlineSnapshot(`
      "primary.xml (primary, brook-a.brook.example) to secondary.xml (secondary, brook-b.brook.example), config 23.3
      The next XMLRPC sync changes the secondary: 1 added, 2 changed, 1 deleted

      LOST, because only the secondary has it (1):
        route 10.61.0.0/16  secondary.xml:78:3

      staticroutes (merged)
        add     route 10.60.0.0/16  primary.xml:78:3
        delete  route 10.61.0.0/16  secondary.xml:78:3

      aliases (replaced)
        change  alias web  secondary.xml:180:3 from primary.xml:180:3
                descr: Mail becomes Web

      virtualip (replaced; the secondary keeps its IP aliases and proxy ARP VIPs on plain interfaces)
        change  VHID 2 on lan  secondary.xml:202:3 from primary.xml:202:3
                advskew: 0 becomes 100
                password: another secret value

      Not synchronised, and different:
        system/hostname  1 difference, never travels  secondary.xml:7:3
        system/webgui    1 difference, never travels  secondary.xml:46:3
        interfaces       3 differences, never travels  secondary.xml:53:2
        hasync           24 differences, never travels  secondary.xml:235:2
      "
    `);
  });

  test("says why no sync takes place, and plans nothing", () => {
    const stopped = planOf(change(small, "primary", "<version>23.3</version>", "<version>22.9</version>"));
    expect(stopped.willSync).toBe(false);
    expect(stopped.reason).toBe("the config versions differ: 22.9 on the primary, 23.3 on the secondary");
    expect(stopped.sections).toEqual([]);
  });

  test("puts what the secondary loses first", () => {
    const rule = "\t\t<rule>\n\t\t\t<id></id>\n\t\t\t<tracker>1690000001</tracker>";
    const own = rule.replace("1690000001", "1700000009");
    const end = "<interface>lan</interface>\n\t\t\t<descr><![CDATA[only here]]></descr>\n\t\t</rule>\n";
    const planned = planOf(change(small, "secondary", rule, `${own}\n\t\t\t${end}${rule}`));
    expect(summary(planned)).toEqual(["delete filter/rule/1700000009"]);
    expect(entries(planned)[0]?.lost).toBe(true);
    expect(planText(planned).split("\n\n")[1]).toMatch(
      /^LOST, .* \(1\):\n {2}rule "only here" on lan {2}secondary.xml:\d+:3$/,
    );
  });

  test("doubts a target that the secondary's file does not know", () => {
    const planned = planOf(change(small, "primary", "<synchronizetoip>10.99.0.2<", "<synchronizetoip>192.0.2.77<"));
    expect(planned.willSync).toBe(true);
    expect(planned.doubts).toEqual([
      "the target 192.0.2.77 is no address that the secondary's file knows; this is what happens if it leads there",
    ]);
  });

  test("lists what does not travel: never, not selected, nothing to send", () => {
    let files = change(small, "primary", "<synchronizenat>on</synchronizenat>", "");
    files = change(files, "secondary", "<mode>hybrid</mode>", "<mode>automatic</mode>");
    files = change(files, "primary", /<unbound>[\s\S]*<\/unbound>/, "<unbound></unbound>");
    const unsynced = planOf(files).unsynced.map(({ section, why, boxes }) => [section, why, ...boxes]);
    expect(unsynced).toContainEqual(["nat", "not-selected", "synchronizenat"]);
    expect(unsynced).toContainEqual(["unbound", "nothing-to-send", "synchronizednsforwarder"]);
    expect(unsynced).toContainEqual(["interfaces", "never"]);
  });
});
