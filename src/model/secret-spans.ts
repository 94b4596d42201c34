import type { XmlDocument } from "../parser/xml-document.ts";
import type { Span } from "../source.ts";
import { isSecretName } from "./secret.ts";

/** The secret values that lie in a range of a document, by the names of their elements, wherever these occur. */
export function secretSpans(document: XmlDocument, from: number, to: number): readonly Span[] {
  const secret = secretNames(document);
  const spans: Span[] = [];
  const add = (element: number): void => {
    if (!secret[document.nameId(element)]) return;
    const start = document.innerStart(element);
    const end = document.innerEnd(element);
    if (start < end && start < to && end > from) spans.push(document.source.span(start, end));
  };
  for (const match of document.source.text.slice(from, to).matchAll(userInfo)) {
    spans.push(document.source.span(from + match.index, from + match.index + match[0].length - 1));
  }
  for (let around = document.elementAt(from); around !== -1; around = document.parent(around)) add(around);
  for (let i = document.lastStartingBy(from) + 1; i < document.size && document.start(i) < to; i++) add(i);
  return spans;
}

/** User and password in front of a host, as in a URL. Any element may hold one. */
const userInfo = /[^\s<>/@:[\]]+:(?!\/\/)[^\s<>@]+@/g;

const byDocument = new WeakMap<XmlDocument, readonly boolean[]>();

function secretNames(document: XmlDocument): readonly boolean[] {
  let names = byDocument.get(document);
  if (!names) {
    names = document.names.map((name) => isSecretName(name.toLowerCase()));
    byDocument.set(document, names);
  }
  return names;
}
