import { isAbsolute, relative, resolve, sep } from "node:path";

/** A path as reports show it: relative to the working directory, unless it is as good as elsewhere. */
export function shownPath(path: string, cwd: string): string {
  const absolute = resolve(cwd, path);
  const short = relative(cwd, absolute);
  const climbs = short.split(sep).filter((part) => part === "..").length;
  if (short === "-") return `.${sep}-`; // a file of that name, not standard input
  return short === "" || climbs > 3 || isAbsolute(short) ? absolute : short;
}
