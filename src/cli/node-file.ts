import type { ErrorObject } from "ajv";
import { parseDocument } from "yaml";
import { checkFacts, type NodeFacts } from "../compile/facts.ts";
import type { Config } from "../model/config.ts";
import type { Source } from "../source.ts";
import validate from "./generated/node-validator.js";
import { contentOf, Faults, pathOf } from "./yaml-faults.ts";

/**
 * Reads a node file: YAML in which every value is a text, `pfhostid: 12` too.
 * @throws ConfigFileError that names every fault with its line and column
 */
export function parseNodeFile(source: Source, primary: Config): NodeFacts {
  const document = parseDocument(source.text, { prettyErrors: false, schema: "failsafe" });
  const faults = new Faults(source, document);
  for (const { message, pos } of [...document.errors, ...document.warnings]) faults.add(pos[0], message);
  faults.throwIfAny();
  const content = contentOf(document, faults);
  if (!validate(content)) for (const error of validate.errors ?? []) addError(error, content, faults);
  faults.throwIfAny();
  const facts = content as NodeFacts;
  for (const { path, message } of checkFacts(primary, facts)) faults.addAt(path, message);
  faults.throwIfAny();
  return facts;
}

/** A pattern says nothing to a person; its description does. A hash is not repeated. */
function addError(error: ErrorObject, content: unknown, faults: Faults): void {
  const path = pathOf(error);
  const description = error.parentSchema?.["description"];
  if (error.keyword === "pattern" && description !== undefined) {
    const found = path.at(-1) === "adminPasswordHash" ? "something else" : JSON.stringify(error.data);
    faults.addAt(path, `expected ${description}, found ${found}`);
  } else faults.addError(error, content);
}
