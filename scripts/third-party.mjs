import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, sep } from "node:path";

/** The package that a module lies in; undefined for our own, and for what a bundler makes up, which begins with NUL. */
function packageOf(module) {
  if (module.startsWith("\0")) return undefined;
  const parts = module.split(sep);
  const at = parts.lastIndexOf("node_modules");
  if (at === -1) return undefined;
  const end = at + (parts[at + 1].startsWith("@") ? 3 : 2);
  return parts.slice(0, end).join(sep);
}

/**
 * What is bundled, with the licences, which ask to be passed on with it.
 * @param modules the files whose code is in the bundles
 */
export function thirdPartyNotices(modules) {
  const packages = new Map();
  for (const module of modules) {
    const folder = packageOf(module);
    if (folder === undefined) continue;
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const licenses = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file));
    if (licenses.length === 0 && license !== "MIT") throw new Error(`${name} has no licence to pass on`);
    const texts = packages.get(`${name} ${version}`)?.texts ?? new Set();
    for (const file of licenses) texts.add(textOf(join(folder, file)));
    if (licenses.length === 0) texts.add(mit(author.name ?? author));
    // A file that is a bundle itself has its notices beside it.
    if (existsSync(`${module}.LICENSE.txt`)) {
      texts.add(`${basename(module)} holds further code:\n\n${textOf(`${module}.LICENSE.txt`)}`);
    }
    packages.set(`${name} ${version}`, { license, texts });
  }
  const sections = [...packages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([title, { license, texts }]) => `== ${title} (${license})\n\n${[...texts].join("\n\n")}\n`);
  return [
    "pfha-lint, which is licensed under Apache-2.0 (see LICENSE), is distributed together with code of the packages below.",
    "Made by scripts/build.mjs of what is in the bundles.",
    "",
    ...sections,
  ].join("\n");
}

/** For packages that name their licence, and hold no text of it. */
const mit = (author) => `Copyright (c) ${author}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

const textOf = (path) => readFileSync(path, "utf8").replaceAll("\r\n", "\n").trim();
