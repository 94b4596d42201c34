import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { cli, type Printed } from "../support/cli.ts";
import { root, small } from "../support/pair.ts";
import { folder } from "../support/run.ts";

/** Three clusters of different sites; the second one is the reference. */
const clusters = {
  a: ["conformance/clusters/clean/primary.xml", "conformance/clusters/clean/secondary.xml"],
  b: ["pairs/reference/pf1.xml", "pairs/reference/pf2.xml"],
  c: ["conformance/clusters/dual-wan-vlan/primary.xml", "conformance/clusters/dual-wan-vlan/secondary.xml"],
} as const;

/** A folder with the six exports, each where `place` puts it. */
function exports(place: (cluster: string, node: 1 | 2) => string): string {
  const cwd = folder();
  for (const [name, files] of Object.entries(clusters)) {
    for (const [index, file] of files.entries()) {
      const path = join(cwd, place(name, (index + 1) as 1 | 2));
      mkdirSync(dirname(path), { recursive: true });
      cpSync(new URL(`fixtures/${file}`, root), path);
    }
  }
  return cwd;
}

/** A cluster of a fleet built from one template: the sync network has the same addresses everywhere. */
const site = (number: number, role: "primary" | "secondary"): string =>
  small[role]
    .replaceAll("198.51.100.", `198.18.${number}.`)
    .replaceAll("192.168.7.", `192.168.${number}.`)
    .replaceAll("brook", `site${number}`);

const init = (cwd: string): Promise<Printed> => cli(["init"], { cwd });
const configOf = (cwd: string): unknown => parse(readFileSync(join(cwd, "pfha-lint.yaml"), "utf8")).clusters;

test.for([
  [
    "in a folder each",
    (name: string, node: number) => `sites/${name}/fw${node}.xml`,
    (name: string) => [name, `sites/${name}/fw1.xml`, `sites/${name}/fw2.xml`],
  ],
  [
    "side by side",
    (name: string, node: number) => `fw-${name}${node}.xml`,
    (name: string) => [`fw-${name}`, `fw-${name}1.xml`, `fw-${name}2.xml`],
  ],
  [
    "by node, one folder for the first nodes and one for the second",
    (name: string, node: number) => `node${node}/${name}.xml`,
    (name: string) => [name, `node1/${name}.xml`, `node2/${name}.xml`],
  ],
] as const)("finds three clusters among six exports: %s", async ([, place, expected]) => {
  const cwd = exports(place);
  const { code, stdout, stderr } = await init(cwd);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const wanted = ["a", "b", "c"].map((name) => {
    const [as, primary, secondary] = expected(name);
    return [as, { primary, secondary }];
  });
  expect(configOf(cwd)).toEqual(Object.fromEntries(wanted as [string, object][]));
  expect(stdout.match(/^found .*$/gm)).toHaveLength(3);
  expect(stdout).not.toContain("not paired");
  const { code: checked, stdout: json } = await cli(["check", "-f", "json", "--no-verify-passwords"], { cwd });
  expect(checked).toBe(1);
  expect(JSON.parse(json).clusters).toHaveLength(3);
});

test("writes everything once; a second run keeps every byte and says so", async () => {
  const cwd = exports((name, node) => `fw-${name}${node}.xml`);
  expect((await init(cwd)).stdout).toMatch(
    /\nwrote pfha-lint\.yaml\nwrote \.pre-commit-config\.yaml\nwrote \.vscode\/tasks\.json\n/,
  );
  const all = (): object =>
    Object.fromEntries(
      readdirSync(cwd, { recursive: true, encoding: "utf8", withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name), "utf8")]),
    );
  const before = all();
  const again = await init(cwd);
  expect(again).toMatchObject({ code: 0, stderr: "" });
  expect(again.stdout).toMatch(/\nkept pfha-lint\.yaml\nkept \.pre-commit-config\.yaml\nkept \.vscode\/tasks\.json\n/);
  expect(again.stdout).not.toContain("add to");
  expect(all()).toEqual(before);
});

test("says which pairs a configuration file does not list yet, and leaves a wrong one alone", async () => {
  const cwd = exports((name, node) => `fw-${name}${node}.xml`);
  const text = "clusters: { ours: { primary: fw-a1.xml, secondary: fw-a2.xml } }\n";
  writeFileSync(join(cwd, "pfha-lint.yaml"), text);
  const { stdout } = await init(cwd);
  const added = stdout.slice(stdout.indexOf("add to its clusters:\n")).split("\n").slice(1, 7).join("\n");
  expect(parse(added)).toEqual({
    "fw-b": { primary: "fw-b1.xml", secondary: "fw-b2.xml" },
    "fw-c": { primary: "fw-c1.xml", secondary: "fw-c2.xml" },
  });
  expect(readFileSync(join(cwd, "pfha-lint.yaml"), "utf8")).toBe(text);
  writeFileSync(join(cwd, "pfha-lint.yaml"), "clusterz: 1\n");
  const wrong = await init(cwd);
  expect(wrong).toMatchObject({ code: 0, stdout: expect.stringContaining("kept pfha-lint.yaml\n") });
  expect(wrong.stdout).not.toContain("add to its clusters");
});

test("tells clusters of one template apart, whose sync networks have the same addresses", async () => {
  const cwd = folder();
  // Names that say nothing, in an order that misleads.
  const names = ["q", "x", "b", "m", "a", "z"];
  for (const [index, name] of names.entries())
    writeFileSync(join(cwd, `${name}.xml`), site((index >> 1) + 1, index % 2 === 0 ? "secondary" : "primary"));
  expect((await init(cwd)).stdout).not.toContain("not paired");
  const found = Object.values(configOf(cwd) as Record<string, object>);
  expect(found).toEqual([
    { primary: "m.xml", secondary: "b.xml" },
    { primary: "x.xml", secondary: "q.xml" },
    { primary: "z.xml", secondary: "a.xml" },
  ]);
});

test("says what it could not pair, and why", async () => {
  const cwd = folder();
  const put = (name: string, text: string): void => writeFileSync(join(cwd, name), text);
  put("a1.xml", site(1, "primary"));
  put("a2.xml", site(1, "secondary"));
  put("a2-old.xml", site(1, "secondary").replace("Web]]", "Old web]]"));
  put("b1.xml", site(2, "primary"));
  put("broken.xml", site(3, "primary").slice(0, 3000));
  put(
    "single.xml",
    site(4, "secondary")
      .replaceAll("10.99.0.2<", "10.99.4.2<")
      .replace(/<hasync>[\s\S]*<\/hasync>/, "<hasync></hasync>")
      .replace(/<virtualip>[\s\S]*<\/virtualip>/, "<virtualip></virtualip>"),
  );
  put("other.xml", "<html/>");
  const { stdout } = await init(cwd);
  expect(configOf(cwd)).toEqual({ a: { primary: "a1.xml", secondary: "a2-old.xml" } });
  expect(stdout.match(/^not paired: .*$/gm)).toEqual([
    "not paired: a2.xml: an export of the same node as a2-old.xml",
    "not paired: b1.xml: it sends its configuration to 10.99.0.2, which is no address of a node with its VIPs",
    "not paired: broken.xml: pfSense would not load it",
    "not paired: single.xml: it names no peer and has no CARP VIP",
  ]);
});

test("finds nodes that name each other by IPv6 addresses, or by a URL", async () => {
  const cwd = folder();
  const change = (role: "primary" | "secondary"): string =>
    small[role].replaceAll("10.99.0.1<", "fd00:0:0::1<").replaceAll("10.99.0.2<", "fd00::2<");
  mkdirSync(join(cwd, "one"));
  mkdirSync(join(cwd, "two"));
  const v6 = (text: string): string =>
    text.replace(/<ipaddr>fd00/g, "<ipaddrv6>fd00").replace(/(<ipaddrv6>fd00[^<]*)<\/ipaddr>/g, "$1</ipaddrv6>");
  const target = "<synchronizetoip>https://[FD00::0002]:8443</synchronizetoip>";
  writeFileSync(
    join(cwd, "one/x.xml"),
    v6(change("primary")).replace(/<synchronizetoip>.*<\/synchronizetoip>/, target),
  );
  writeFileSync(join(cwd, "two/y.xml"), v6(change("secondary")));
  await init(cwd);
  expect(Object.values(configOf(cwd) as object)).toEqual([{ primary: "one/x.xml", secondary: "two/y.xml" }]);
});

test("finds nothing in an empty folder, and still writes a file to fill in", async () => {
  const cwd = folder();
  const { code, stdout } = await init(cwd);
  expect(code).toBe(0);
  expect(stdout).toContain("found no pair among the XML files here; list your clusters by hand\n");
  expect(readFileSync(join(cwd, "pfha-lint.yaml"), "utf8")).toContain("#  paris: { primary: paris/pf1.xml");
});
