import type { Run } from "../diagnostic.ts";
import { wellFormed } from "./printable.ts";

/** The page of a rule, as the published package of a version holds it. */
export const docsUrl = (rule: string, { toolVersion }: Pick<Run, "toolVersion">): string =>
  `https://unpkg.com/pfha-lint@${toolVersion}/docs/rules/${rule}.md`;

/** A path as URLs and code hosts want it: forward slashes, no `./` in front. */
export const slashes = (path: string): string =>
  (/^[a-z]:\\|^\\\\|^[^/]*\\/i.test(path) ? path.replaceAll("\\", "/") : path).replace(/^(?:\.\/)+/, "");

/** A path as a URI reference; absolute ones become `file:` URIs. */
export function pathUri(path: string): string {
  const clean = slashes(path);
  const encoded = clean.split("/").map(encodeSegment);
  if (/^[a-z]:\//i.test(clean)) return `file:///${clean.slice(0, 2)}/${encoded.slice(1).join("/")}`;
  if (clean.startsWith("/")) return `file://${encoded.join("/")}`;
  return encoded.join("/");
}

const encodeSegment = (segment: string): string => encodeURIComponent(wellFormed(segment));
