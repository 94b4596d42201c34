// Runs a TypeScript script of this repository: `node scripts/run.mjs scripts/x.ts [arguments]`. Node 20 cannot by itself.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** The validators are written by the build; what runs before it does without them. */
const withoutGenerated = {
  name: "without generated code",
  setup(build) {
    build.onResolve({ filter: /\/generated\/.*-validator\.js$/ }, ({ path, importer }) =>
      existsSync(resolve(dirname(importer), path)) ? undefined : { path, namespace: "generated" },
    );
    build.onLoad({ filter: /.*/, namespace: "generated" }, () => ({ contents: "export default undefined;" }));
  },
};

const [script, ...args] = process.argv.slice(2);
const folder = join("node_modules", ".cache", "pfha-lint");
mkdirSync(folder, { recursive: true });
const outfile = join(folder, `${script.replaceAll(/[^\w]/g, "-")}-${process.pid}.mjs`);
await build({
  entryPoints: [script],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  plugins: [withoutGenerated],
  logLevel: "warning",
});
process.argv = [process.argv[0], script, ...args];
try {
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(outfile, { force: true });
}
