import { printable, wellFormed } from "./printable.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for an XML or HTML text node or quoted attribute, on one line. Characters that XML cannot hold are spelled out. */
export const escapeXml = (text: string): string => escapeMarkup(printable(text));

/** The same for text of several lines that is already printable. */
export const escapeMarkup = (text: string): string =>
  wellFormed(text)
    .replace(/[\ufffe\uffff]/g, "\ufffd")
    .replace(/[&<>"']/g, (character) => entities[character] ?? character);

/** `a="1" b="2"`; undefined values are left out. */
export const attributes = (values: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join("");
