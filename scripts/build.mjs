// Builds dist/: the bundled command line (dist/cli.js and its lazily loaded parts), the library, and its types; and
// before that src/cli/generated/, the compiled validators of the files that people write and
// of reports that are read again.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";

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
  await build({
    stdin: { contents: standalone.default(ajv, validate), resolveDir: "." },
    outfile: `src/cli/generated/${name}-validator.js`,
    bundle: true,
    format: "esm",
    minifyWhitespace: true,
    logLevel: "warning",
  });
}

rmSync("dist", { recursive: true, force: true });
const common = {
  bundle: true,
  format: "esm",
  target: "node20.19",
  outdir: "dist",
  splitting: true,
  chunkNames: "chunks/[name]-[hash]",
  minifySyntax: true,
  minifyWhitespace: true,
  tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
  legalComments: "none",
  logLevel: "warning",
};
await build({
  ...common,
  entryPoints: { cli: "src/cli/main.ts", worker: "src/cli/worker.ts", index: "src/index.ts" },
  platform: "node",
  // Some bundled packages are CommonJS and call require(); an ES module has none of its own.
  banner: { js: 'import{createRequire as __cr}from"node:module";const require=__cr(import.meta.url);' },
});
if (!process.argv.includes("--no-types")) {
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.types.json"], {
    stdio: "inherit",
  });
}
