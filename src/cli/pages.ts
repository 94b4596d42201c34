import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of this package, wherever in it this code ended up. */
export function packageFolder(): string {
  for (let here = dirname(fileURLToPath(import.meta.url)); ; here = dirname(here)) {
    const manifest = join(here, "package.json");
    if (existsSync(manifest) && readFileSync(manifest, "utf8").includes('"name": "pfha-lint"')) return here;
    if (dirname(here) === here) throw new Error("the package.json of pfha-lint is missing");
  }
}

/** The page of a rule, in Markdown, without the marks of its generated parts; undefined if there is none. */
export function rulePage(id: string): string | undefined {
  const path = join(packageFolder(), "docs", "rules", `${id}.md`);
  if (!existsSync(path)) return undefined;
  return readFileSync(path, "utf8").replace(/^<!-- (?:generated: \w+|end) -->\n/gm, "");
}
