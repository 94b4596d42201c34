// `npm run sbom`: the bill of materials of the published package (CycloneDX, of npm and the lock file, offline): of all
// that is installed to build and test, those packages whose code is in the bundles. Needs what the build makes.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const args = ["sbom", "--package-lock-only", "--sbom-format", "cyclonedx"];
const all = JSON.parse(execFileSync(npm, args, { encoding: "utf8", maxBuffer: 1 << 28 }));
const notices = readFileSync("dist/THIRD-PARTY-LICENSES.txt", "utf8");
const bundled = new Set([...notices.matchAll(/^== (\S+) (\S+) \(/gm)].map(([, name, version]) => `${name}@${version}`));

const components = all.components.filter(({ name, version }) => bundled.delete(`${name}@${version}`));
if (bundled.size > 0) throw new Error(`not in the lock file: ${[...bundled].join(", ")}`);
for (const component of components) {
  // They are in the product, whatever they are to npm.
  component.scope = "required";
  component.properties = component.properties?.filter(({ name }) => name !== "cdx:npm:package:development");
}
// npm takes the name of the folder for that of the package.
all.metadata.component.name = JSON.parse(readFileSync("package.json", "utf8")).name;
const root = all.metadata.component["bom-ref"];
const refs = new Set([root, ...components.map((component) => component["bom-ref"])]);
const dependencies = all.dependencies
  .filter(({ ref }) => refs.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));
process.stdout.write(`${JSON.stringify({ ...all, components, dependencies }, undefined, 2)}\n`);
