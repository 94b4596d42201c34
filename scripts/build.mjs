// Builds dist/: the bundled command line (dist/cli.js and its lazily loaded parts), the library, its types, and the licences
// of what is bundled; and before that src/cli/generated/, the compiled validators of the files that people write and of
// reports that are read again.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import { rolldown } from "rolldown";
import { thirdPartyNotices } from "./third-party.mjs";

/** The files whose code is in what is built. */
const bundled = new Set();

// Compiling a schema takes longer than linting a pair, so it is done here. The result has no imports.
const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  inlineRefs: false,
  strictTypes: false,
  strictTuples: false,
  validateFormats: false,
  allowUnionTypes: true,
  code: { source: true, esm: true },
});
for (const name of ["config", "node", "report"]) {
  const validate = ajv.compile(JSON.parse(readFileSync(`schema/${name}.schema.json`, "utf8")));
  const { metafile } = await build({
    stdin: { contents: standalone.default(ajv, validate), resolveDir: "." },
    outfile: `src/cli/generated/${name}-validator.js`,
    bundle: true,
    format: "esm",
    minifyWhitespace: true,
    metafile: true,
    logLevel: "warning",
  });
  for (const path of Object.keys(metafile.inputs)) bundled.add(resolve(path));
}

const entries = { cli: "src/cli/main.ts", worker: "src/cli/worker.ts" };
const core = await needed("src/cli/commands/check.ts");
const parsing = await needed("src/cli/options.ts");
const base = new Set([...(await needed("src/cli/main.ts")), ...[...core].filter((path) => parsing.has(path))]);
rmSync("dist", { recursive: true, force: true });
await bundleInto("chunks", entries, "node", {
  // Each file of a program costs as much as reading a small configuration. So what all commands take is one file, and what
  // linting takes is another.
  groups: [
    { name: "base", test: (id) => base.has(id), priority: 2 },
    { name: "core", test: (id) => core.has(id), priority: 1 },
  ],
});
// The library shares nothing with the command line, whose files ask for Node: it works in a browser, too.
await bundleInto("library", { index: "src/index.ts" }, "browser", undefined, {
  xmlbuilder2: "xmlbuilder2/lib/xmlbuilder2.min.js",
});

writeFileSync("dist/THIRD-PARTY-LICENSES.txt", thirdPartyNotices(bundled));

async function bundleInto(folder, input, platform, codeSplitting, alias = {}) {
  const bundle = await rolldown({
    input,
    platform,
    resolve: { alias },
    transform: { target: "node20.19", typescript: { removeClassFieldsWithoutInitializer: true } },
    checks: { ineffectiveDynamicImport: false },
  });
  const { output } = await bundle.write({
    dir: "dist",
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: `${folder}/[name]-[hash].js`,
    codeSplitting,
    // Names stay: reports of bugs quote them. Without other characters than ASCII, a text takes half the time to compile.
    minify: { compress: true, mangle: false, codegen: true },
    charset: "ascii",
    comments: false,
  });
  for (const { modules = {} } of output) {
    for (const [id, { code }] of Object.entries(modules)) if (code) bundled.add(id);
  }
}

/** A module and those that it imports when it is loaded. */
async function needed(path) {
  const { metafile } = await build({
    entryPoints: Object.values(entries),
    bundle: true,
    platform: "node",
    format: "esm",
    outdir: "dist",
    splitting: true,
    write: false,
    metafile: true,
    logLevel: "warning",
  });
  const found = new Set([path]);
  for (const one of found) {
    for (const { path: imported, kind, external } of metafile.inputs[one]?.imports ?? []) {
      if (kind === "import-statement" && !external) found.add(imported);
    }
  }
  return new Set([...found].map((one) => resolve(one)));
}

if (!process.argv.includes("--no-types")) {
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.types.json"], {
    stdio: "inherit",
  });
}
