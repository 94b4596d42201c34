import * as thisSystem from "node:path";

/**
 * A path as reports show it: relative to the working directory, unless it is as good as elsewhere.
 * @param system whose paths they are
 */
export function shownPath(path: string, cwd: string, system: thisSystem.PlatformPath = thisSystem): string {
  const { relative, resolve, sep } = system;
  const absolute = resolve(cwd, path);
  const short = relative(cwd, absolute);
  const climbs = short.split(sep).filter((part) => part === "..").length;
  if (short === "-") return `.${sep}-`; // a file of that name, not standard input
  return short === "" || climbs > 3 ? absolute : short;
}
