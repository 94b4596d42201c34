import { applyEdits } from "../emit/apply.ts";
import { type Config, parseConfig } from "../model/config.ts";
import { patch, sameTree } from "../model/patch.ts";
import { printEdits } from "../model/print.ts";
import type { Tree } from "../model/tree.ts";
import { Rejected, verifySteps } from "./verify.ts";

/**
 * A configuration that holds what a tree holds, written into the text of another: what is the same keeps every byte.
 * @throws Rejected if the outcome, read again, is not what it should be
 */
export async function rewritten(before: Config, tree: Tree): Promise<Config> {
  const { source, document, dialect } = before;
  if (!document) throw new TypeError("a configuration that no file holds");
  const edits = printEdits(patch(before.tree, tree));
  const text = applyEdits(source, edits);
  if (text === source.text) return before;
  const after = parseConfig({ source: source.withText(text), fault: undefined });
  if (!after.document || !after.loads || !sameTree(after.tree, tree, dialect.isList)) {
    throw new Rejected(`${source.path}: the new text does not hold what it should`);
  }
  await verifySteps([{ before: document, after: after.document, edits }]);
  return after;
}
