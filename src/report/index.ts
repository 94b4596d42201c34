import type { Run } from "../diagnostic.ts";

/** A format by name: a pure function from a run to the text of the report, loaded when used. */
export const formats: ReadonlyMap<string, () => Promise<(run: Run) => string>> = new Map<
  string,
  () => Promise<(run: Run) => string>
>([
  ["text", async () => (await import("./text.ts")).text],
  ["compact", async () => (await import("./text.ts")).compact],
  ["json", async () => (await import("./json.ts")).json],
  ["sarif", async () => (await import("./sarif.ts")).sarif],
  ["github", async () => (await import("./github.ts")).github],
  ["gitlab", async () => (await import("./gitlab.ts")).gitlab],
  ["junit", async () => (await import("./junit.ts")).junit],
  ["checkstyle", async () => (await import("./checkstyle.ts")).checkstyle],
  ["markdown", async () => (await import("./markdown.ts")).markdown],
  ["html", async () => (await import("./html.ts")).html],
]);
