import type { Diagnostic, Report } from "../diagnostic.ts";

/**
 * What makes a diagnostic the same one in the next run: its rule and subject, the cluster and the node, and a number if
 * several share all of these. Lines move with every save, so no place is part of it.
 */
export function fingerprints(report: Report): ReadonlyMap<Diagnostic, string> {
  const seen = new Map<string, number>();
  const result = new Map<Diagnostic, string>();
  for (const diagnostic of [...report.diagnostics, ...report.accepted.map((one) => one.diagnostic)]) {
    const { rule, subject, node } = diagnostic;
    const key = [report.name, node, rule, subject].map((part) => part ?? "").join("|");
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    result.set(diagnostic, before === 0 ? key : `${key}|${before + 1}`);
  }
  return result;
}

/** FNV-1a, 64 bits, as 16 hexadecimal digits: short and stable, not secure. */
export function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    value = ((value ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return value.toString(16).padStart(16, "0");
}
