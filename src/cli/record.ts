import type {
  AcceptedDiagnostic,
  Diagnostic,
  Frame,
  NodeInfo,
  NodeRole,
  Report,
  RoleEvidence,
  Severity,
} from "../diagnostic.ts";
import { rules as allRules } from "../rules/index.ts";
import { type Position, Source, type Span } from "../source.ts";

/** A JSON report, as schema/report.schema.json has it. */
export interface RecordedRun {
  readonly tool: { readonly version: string };
  readonly exitCode: number;
  readonly failOn: Severity | "never";
  readonly rules: readonly string[];
  readonly clusters: readonly RecordedCluster[];
}

/** A cluster of a JSON report, as schema/report.schema.json has it. */
export interface RecordedCluster {
  readonly name: string | null;
  readonly primary: RecordedNode;
  readonly secondary: RecordedNode;
  readonly rolesFrom: RoleEvidence;
  readonly diagnostics: readonly RecordedDiagnostic[];
  readonly summary: { readonly rulesChecked: number };
  readonly notApplicable: Report["notApplicable"];
  readonly accepted: readonly (RecordedDiagnostic & { readonly reason: string; readonly until: string | null })[];
  readonly readable: boolean;
}

interface RecordedNode {
  readonly file: string;
  readonly name: string;
  readonly version: string;
}

interface RecordedSpan {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

interface RecordedDiagnostic extends RecordedSpan {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly node: NodeRole | null;
  readonly path: string;
  readonly subject: string;
  readonly related: readonly (RecordedSpan & { readonly message: string })[];
  readonly fix: {
    readonly title: string;
    readonly safe: boolean;
    readonly edits: readonly (RecordedSpan & { readonly text: string | null })[];
  } | null;
  readonly help: string | null;
  readonly frame: Frame;
}

/** A source of which only the places that a report names are known, not the text. */
class RecordedSource extends Source {
  readonly #positions = new Map<number, Position>();

  constructor(path: string) {
    super(path, "");
  }

  know(position: Position): number {
    this.#positions.set(position.offset, position);
    return position.offset;
  }

  override position(offset: number): Position {
    return this.#positions.get(offset) ?? super.position(offset);
  }
}

/** The report that a JSON report was made of, but for the texts of its sources: every format can be made of it again. */
export function reportFrom(cluster: RecordedCluster, asked: readonly string[]): Report {
  const wanted = new Set(asked);
  const sources = new Map<string, RecordedSource>();
  const sourceOf = (file: string): RecordedSource => {
    const source = sources.get(file) ?? new RecordedSource(file);
    sources.set(file, source);
    return source;
  };
  const span = ({ file, start, end }: RecordedSpan): Span => {
    const source = sourceOf(file);
    return source.span(source.know(start), source.know(end));
  };
  const node = ({ file, name, version }: RecordedNode): NodeInfo => ({ source: sourceOf(file), name, version });
  const diagnostic = (one: RecordedDiagnostic): Diagnostic => ({
    rule: one.rule,
    severity: one.severity,
    at: span(one),
    node: one.node ?? undefined,
    path: one.path,
    subject: one.subject,
    message: one.message,
    related: one.related.map((other) => ({ at: span(other), message: other.message })),
    fix: one.fix
      ? {
          title: one.fix.title,
          safe: one.fix.safe,
          edits: one.fix.edits.map((edit) =>
            edit.text === null
              ? { at: span(edit), text: "", secret: true as const }
              : { at: span(edit), text: edit.text },
          ),
        }
      : undefined,
    help: one.help ?? undefined,
    frame: one.frame,
  });
  const accepted = ({ reason, until, ...rest }: RecordedCluster["accepted"][number]): AcceptedDiagnostic => ({
    diagnostic: diagnostic(rest),
    reason,
    until: until ?? undefined,
  });
  return {
    name: cluster.name ?? undefined,
    primary: node(cluster.primary),
    secondary: node(cluster.secondary),
    rolesFrom: cluster.rolesFrom,
    diagnostics: cluster.diagnostics.map(diagnostic),
    accepted: cluster.accepted.map(accepted),
    rulesChecked: cluster.summary.rulesChecked,
    notApplicable: cluster.notApplicable,
    readable: cluster.readable,
    notes: [],
    secrets: [],
    rules: new Map(
      allRules
        .filter(({ id }) => wanted.has(id))
        .map(({ id, severity, summary, fix }) => [id, { id, severity, summary, fix }]),
    ),
  };
}
