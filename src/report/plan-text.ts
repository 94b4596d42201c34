import type { NodeInfo } from "../diagnostic.ts";
import type { Plan, PlannedEntry, PlannedField, PlannedSection, UnsyncedSection } from "../plan.ts";
import type { Span } from "../source.ts";
import { count, printable } from "./printable.ts";
import { noPaint, type Paint } from "./text.ts";

/**
 * For people: what the secondary loses first, then section by section, then what does not travel.
 * @param quiet without the nodes and the count; why no sync takes place is said all the same
 */
export function planText(plan: Plan, paint: Paint = noPaint, quiet = false): string {
  const { primary, secondary, willSync } = plan;
  const version = primary.version === secondary.version ? `, config ${printable(primary.version) || "unknown"}` : "";
  const blocks = [
    [
      ...(quiet ? [] : [`${node(primary, "primary")} to ${node(secondary, "secondary")}${version}`]),
      ...(quiet && willSync ? [] : [headline(plan, paint)]),
      ...doubts(plan),
    ],
    lost(plan, paint),
    ...plan.sections.map((section) => sectionLines(section, paint)),
    unsyncedLines(plan.unsynced, paint),
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

const node = ({ source, name }: NodeInfo, role: string): string =>
  `${printable(source.path)} (${[role, printable(name)].filter((part) => part !== "").join(", ")})`;

const doubts = ({ doubts: all }: Plan): string[] => all.map((doubt) => `  but ${printable(doubt)}`);

function headline({ willSync, reason, sections }: Plan, paint: Paint): string {
  if (!willSync) return paint.strong(`No XMLRPC sync takes place: ${printable(reason ?? "")}`);
  const entries = sections.flatMap((section) => section.entries);
  if (entries.length === 0) return paint.strong("The next XMLRPC sync changes nothing");
  const of = (change: PlannedEntry["change"]): number => entries.filter((entry) => entry.change === change).length;
  const counts = `${of("add")} added, ${of("change")} changed, ${of("delete")} deleted`;
  return paint.strong(`The next XMLRPC sync changes the secondary: ${counts}`);
}

function lost({ sections }: Plan, paint: Paint): string[] {
  const entries = sections.flatMap((section) => section.entries).filter((entry) => entry.lost);
  if (entries.length === 0) return [];
  const titles = entries.map((entry) => `  ${printable(entry.title)}  ${place(entry.at, paint)}`);
  return [paint.severity.error(`LOST, because only the secondary has it (${entries.length}):`), ...titles];
}

function sectionLines({ section, mode, keeps, entries }: PlannedSection, paint: Paint): string[] {
  const kept = keeps === undefined ? "" : `; the secondary keeps ${keeps}`;
  return [
    `${paint.strong(printable(section))} (${mode}${kept})`,
    ...entries.flatMap((entry) => entryLines(entry, paint)),
  ];
}

function entryLines({ change, title, at, from, moved, fields }: PlannedEntry, paint: Paint): string[] {
  const other = from === undefined ? "" : ` from ${place(from.at, paint)}`;
  const note = moved ? " (moves)" : "";
  return [
    `  ${change.padEnd(6)}  ${printable(title)}${note}  ${place(at, paint)}${other}`,
    ...fields.map((field) => `          ${fieldLine(field)}`),
  ];
}

/** Longest value that a line shows. */
const width = 60;

function fieldLine({ path, before, after, secret }: PlannedField): string {
  const name = path === "" ? "" : `${printable(path)}: `;
  if (secret) return `${name}another secret value`;
  if (before === undefined && after === undefined) return `${printable(path)} differs`;
  if (path === "" && (before === undefined || after === undefined)) return value(before ?? after);
  return `${name}${value(before)} becomes ${value(after)}`;
}

function value(text: string | undefined): string {
  if (text === undefined) return "absent";
  if (text === "") return "empty";
  const shown = printable(text);
  return shown.length > width ? `${shown.slice(0, width - 1)}…` : shown;
}

const reasons: Readonly<Record<UnsyncedSection["why"], string>> = {
  never: "never travels",
  "not-selected": "not selected",
  "nothing-to-send": "nothing to send",
};

function unsyncedLines(unsynced: readonly UnsyncedSection[], paint: Paint): string[] {
  if (unsynced.length === 0) return [];
  const width = Math.max(...unsynced.map(({ section }) => printable(section).length));
  const lines = unsynced.map(({ section, why, boxes, differences, at }) => {
    const box = why === "not-selected" ? ` (${boxes.join(" or ")})` : "";
    return `  ${printable(section).padEnd(width)}  ${count(differences, "difference")}, ${reasons[why]}${box}  ${place(at, paint)}`;
  });
  return ["Not synchronised, and different:", ...lines];
}

function place({ source, start }: Span, paint: Paint): string {
  const { line, column } = source.position(start);
  return paint.place(`${printable(source.path)}:${line}:${column}`);
}
