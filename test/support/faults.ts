import { applyEdits } from "../../src/emit/apply.ts";
import { type DraftEdit, insert, insertBefore, type NewElement, remove, setText } from "../../src/model/edit.ts";
import { printEdits } from "../../src/model/print.ts";
import type { Tree } from "../../src/model/tree.ts";
import { Source } from "../../src/source.ts";
import { configOf, type Files, type PairSettings, type WiredFiles } from "./pair.ts";

/** One realistic fault of a healthy cluster, and the rule that has to see it. */
export interface Fault {
  readonly rule: string;
  /** Where the rule has to see it, one place for each of its diagnostics: node and path, as `secondary virtualip/vip[2]`. */
  readonly at: string | readonly string[];
  readonly fault: Mutation;
  /** Rules that have another thing to say about it: another consequence, which the fault's own remedy may leave. */
  readonly also?: readonly string[];
  readonly cluster?: ClusterName;
  /** What the cluster lacks, healthily added to it. */
  readonly given?: Mutation;
  readonly settings?: PairSettings;
}

/** The healthy clusters, folders below fixtures/conformance/clusters/. */
export const clusterNames = ["clean", "dual-wan-vlan", "kea-24.5", "legacy-21.7"] as const;
export type ClusterName = (typeof clusterNames)[number];

export type Where = keyof Files | "both";
export type Mutation = (files: WiredFiles) => WiredFiles;

/** The children of an element by name; a list of them is several elements of the name. */
export type Content = string | { readonly [name: string]: Content | readonly Content[] };

/** Changes the text of a file, or of both. */
export const rewrite =
  (where: Where, change: (content: string) => string): Mutation =>
  (files) => ({
    ...files,
    primary: where === "secondary" ? files.primary : change(files.primary),
    secondary: where === "primary" ? files.secondary : change(files.secondary),
  });

/** Changes the tree of a file, or of both. */
export const edit = (where: Where, change: (root: Tree) => DraftEdit): Mutation =>
  rewrite(where, (content) => {
    const { source, tree } = configOf(content);
    return applyEdits(source, printEdits([change(tree)]));
  });

/** Gives an element a text; adds the element if it is not there. */
export const set = (where: Where, path: string, value: string): Mutation =>
  edit(where, (root) => {
    const [owner, name] = split(root, path);
    return setText({ name, owner, tree: owner.get(name) === undefined ? undefined : find(root, path) }, value);
  });

/** Adds an element behind the others of its parent. */
export const add = (where: Where, path: string, content: Content): Mutation =>
  edit(where, (root) => {
    const [owner, name] = split(root, path);
    return insert(owner, element(name, content));
  });

/** Adds an element in front of another. */
export const addBefore = (where: Where, path: string, name: string, content: Content): Mutation =>
  edit(where, (root) => insertBefore(find(root, path), element(name, content)));

export const drop = (where: Where, path: string): Mutation => edit(where, (root) => remove(find(root, path)));

/** Puts the elements at a path in the opposite order: `cron/item`, or all of a parent's, `system/*`. */
export const reverse = (where: Where, path: string): Mutation =>
  rewrite(where, (content) => {
    const [owner, name] = split(configOf(content).tree, path);
    const places = (name === "*" ? owner.children : owner.list(name)).map(({ whole }) => whole);
    if (places.length < 2) throw new Error(`nothing to reverse: ${path}`);
    const texts = places.map(({ start, end }) => content.slice(start, end));
    return places.reduceRight(
      (text, { start, end }, i) => text.slice(0, start) + texts[texts.length - 1 - i] + text.slice(end),
      content,
    );
  });

/** Puts one text in the place of another, in every place; a text that is not there is a mistake of the test. */
export const replace = (
  where: Where,
  text: string | RegExp,
  by: string | ((found: string, ...groups: string[]) => string),
): Mutation =>
  rewrite(where, (content) => {
    const changed = content.replaceAll(typeof text === "string" ? text : global(text), by as string);
    if (changed === content) throw new Error(`not found: ${text}`);
    return changed;
  });

const global = (pattern: RegExp): RegExp => new RegExp(pattern, `${pattern.flags.replace("g", "")}g`);

export const all =
  (...mutations: readonly Mutation[]): Mutation =>
  (files) =>
    mutations.reduce((changed, mutation) => mutation(changed), files);

/** The element at a path, as `virtualip/vip[2]/vhid`: the path of a diagnostic without the root. */
function find(root: Tree, path: string): Tree {
  if (path === "") return root;
  return path.split("/").reduce((tree, step) => {
    const [, name = "", position] = /^([^[]+)(?:\[(\d+)\])?$/.exec(step) ?? [];
    if (position === undefined) return tree.section(name);
    const found = tree.list(name)[Number(position) - 1];
    if (!found) throw new Error(`no ${path}`);
    return found;
  }, root);
}

function split(root: Tree, path: string): [owner: Tree, name: string] {
  const slash = path.lastIndexOf("/");
  return [find(root, path.slice(0, Math.max(0, slash))), path.slice(slash + 1).replace(/\[\d+\]$/, "")];
}

const element = (name: string, content: Content): NewElement => ({
  name,
  value:
    typeof content === "string"
      ? content
      : Object.entries(content).flatMap(([child, value]) =>
          [value].flat().map((one) => element(child, one as Content)),
        ),
});

/** Settings with which the owners keep what a rule says of a subject. */
export const accepting = (rule: string, subject: string): PairSettings => {
  const list = new Source(
    "pfha-lint.yaml",
    `accepted:\n  - rule: ${rule}\n    subject: ${subject}\n    reason: by choice\n`,
  );
  const at = list.span(12, list.text.length - 1);
  return { accepted: [{ rule, subject, reason: "by choice", until: undefined, at, untilAt: undefined }] };
};
