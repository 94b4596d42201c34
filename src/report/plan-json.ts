import type { NodeInfo } from "../diagnostic.ts";
import type { Plan, PlannedEntry } from "../plan.ts";
import type { Position, Span } from "../source.ts";

/** One JSON object, described by schema/plan.schema.json. */
export const planJson = (plan: Plan, toolVersion: string): string =>
  `${JSON.stringify(jsonPlan(plan, toolVersion), undefined, 2)}\n`;

function jsonPlan(plan: Plan, toolVersion: string): unknown {
  const { primary, secondary, willSync, reason, doubts, sections, unsynced } = plan;
  return {
    schemaVersion: 1,
    tool: { name: "pfha-lint", version: toolVersion },
    primary: nodeJson(primary),
    secondary: nodeJson(secondary),
    willSync,
    reason: reason ?? null,
    doubts,
    sections: sections.map(({ section, mode, keeps, entries }) => ({
      section,
      mode,
      keeps: keeps ?? null,
      entries: entries.map(entryJson),
    })),
    unsynced: unsynced.map(({ section, why, boxes, differences, at }) => ({
      section,
      why,
      boxes,
      differences,
      ...placeJson(at),
    })),
  };
}

const nodeJson = ({ source, name, version }: NodeInfo): unknown => ({ file: source.path, name, version });

function entryJson({ change, subject, title, at, path, from, lost, moved, fields }: PlannedEntry): unknown {
  return {
    change,
    subject,
    title,
    path,
    ...placeJson(at),
    from: from ? { path: from.path, ...placeJson(from.at) } : null,
    lost,
    moved,
    fields: fields.map(({ before, after, ...field }) => ({ ...field, before: before ?? null, after: after ?? null })),
  };
}

const placeJson = ({ source, start }: Span): { readonly file: string; readonly start: Position } => ({
  file: source.path,
  start: source.position(start),
});
