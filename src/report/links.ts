import type { Run } from "../diagnostic.ts";
import { wellFormed } from "./printable.ts";

/** The page of a rule, as the published package of a version holds it. */
export const docsUrl = (rule: string, { toolVersion }: Pick<Run, "toolVersion">): string =>
  `https://unpkg.com/pfha-lint@${toolVersion}/docs/rules/${rule}.md`;

/**
 * A path as URLs and code hosts want it: forward slashes, no `./` in front. Told from its look, not from this system: with
 * a drive, a share or a backslash first it is one of Windows; behind a slash a backslash is part of a name.
 */
export const slashes = (path: string): string =>
  (/^[a-z]:[\\/]|^[^/]*\\/i.test(path) ? withoutPrefix(path).replaceAll("\\", "/") : path).replace(/^(?:\.\/)+/, "");

/** Windows puts `\\?\` before paths that it takes as they are. */
const withoutPrefix = (path: string): string =>
  path.replace(/^\\\\\?\\(UNC\\)?/i, (_, share) => (share === undefined ? "" : "\\\\"));

/** A path as a URI reference (RFC 3986); absolute ones become `file:` URIs (RFC 8089), with the host of a share. */
export function pathUri(path: string): string {
  const clean = slashes(path);
  const encoded = clean.split("/").map(encodeSegment);
  if (/^[a-z]:\//i.test(clean)) return `file:///${clean.slice(0, 2)}/${encoded.slice(1).join("/")}`;
  if (clean.startsWith("//") && path.startsWith("\\\\")) return `file:${encoded.join("/")}`;
  if (clean.startsWith("/")) return `file://${encoded.join("/")}`;
  return encoded.join("/");
}

const encodeSegment = (segment: string): string => encodeURIComponent(wellFormed(segment));
