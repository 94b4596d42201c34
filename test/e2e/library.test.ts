import { readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { change, root, small } from "../support/pair.ts";
import { folder, runNode } from "../support/run.ts";

const broken = change(small, "secondary", /<advskew>100/g, "<advskew>0");

/** A folder of somebody's project, in which the package is installed. */
async function project(): Promise<string> {
  const cwd = folder();
  await mkdir(join(cwd, "node_modules"));
  symlinkSync(root.pathname, join(cwd, "node_modules", "pfha-lint"));
  return cwd;
}

test("the example of its page works in Node", async () => {
  const cwd = await project();
  const page = readFileSync(new URL("docs/library.md", root), "utf8");
  writeFileSync(join(cwd, "example.mjs"), /```js\n(.*?)```/s.exec(page)?.[1] ?? "");
  writeFileSync(join(cwd, "pf1.xml"), broken.primary);
  writeFileSync(join(cwd, "pf2.xml"), broken.secondary);
  const { code, stdout, stderr } = runNode(["example.mjs"], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(
    /^pf2\.xml:\d+:\d+: error: VHID 1 on wan: expected advskew above 0 on the secondary, found 0 \[carp-advskew-order\]\n/,
  );
  expect(stdout).toContain(
    "\n2 fixed\nthe next sync would change virtualip\nbroken: both nodes are up\nfine: the primary is off\n",
  );
  expect(readFileSync(join(cwd, "pf2.fixed.xml"), "utf8")).toBe(small.secondary);
  expect(statSync(join(cwd, "pf2.fixed.xml")).mode & 0o777).toBe(0o600);
});

const page = `
import { bytesOf, clusterOf, compile, fix, lint, parseConfig, plan, simulate, trace } from "pfha-lint";
globalThis.outcome = (async () => {
  const [first, second] = [parseConfig("pf1.xml", pair.primary), parseConfig("pf2.xml", new TextEncoder().encode(pair.secondary))];
  const cluster = clusterOf(first, second);
  const { diagnostics } = await lint(cluster);
  const { secondary, applied } = await fix(cluster);
  const query = { interface: "lan", direction: "in", protocol: "tcp", source: "192.0.2.1", destination: "192.0.2.2", port: 22 };
  return JSON.stringify({
    rules: diagnostics.map(({ rule }) => rule),
    applied: applied.length,
    fixed: new TextDecoder().decode(bytesOf(secondary.after)),
    willSync: plan(cluster).willSync,
    scenarios: simulate(cluster).scenarios.length,
    traced: trace(first, [query]).results.length,
    compiled: (await compile(first, second)).secondary.loads,
  });
})();
`;

test("bundles for a browser, and works where there is neither Node nor a page", async () => {
  const cwd = await project();
  writeFileSync(join(cwd, "page.js"), page);
  const { outputFiles, metafile, warnings } = await build({
    entryPoints: [join(cwd, "page.js")],
    bundle: true,
    format: "iife",
    platform: "browser",
    write: false,
    metafile: true,
    outfile: join(cwd, "out.js"),
    logLevel: "silent",
  });
  expect(warnings).toEqual([]);
  expect(Object.values(metafile.inputs).flatMap(({ imports }) => imports.filter(({ external }) => external))).toEqual(
    [],
  );
  const context = createContext({ setTimeout, TextEncoder, TextDecoder, pair: broken });
  runInContext(outputFiles[0]?.text ?? "", context);
  const { fixed, ...others } = JSON.parse(await (context["outcome"] as Promise<string>));
  expect(others).toEqual({
    rules: ["carp-advskew-order", "carp-advskew-order"],
    applied: 2,
    willSync: true,
    scenarios: 11,
    traced: 1,
    compiled: true,
  });
  expect(fixed).toBe(small.secondary);
});
