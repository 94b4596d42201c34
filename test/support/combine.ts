import type { Fault } from "./faults.ts";
import type { PairSettings, WiredFiles } from "./pair.ts";

/** A cluster with several faults at once, and with what they need to be faults. */
export interface Combined {
  readonly files: WiredFiles;
  readonly settings: PairSettings;
}

/** Puts faults of one cluster into it. Throws if one of them takes away what another one is about. */
export function combine(healthy: WiredFiles, faults: readonly Fault[]): Combined {
  const given = faults.reduce((files, fault) => fault.given?.(files) ?? files, healthy);
  const files = faults.reduce((before, { rule, fault }) => {
    const after = fault(before);
    if (JSON.stringify(after) === JSON.stringify(before)) throw new Error(`${rule}: the fault is there already`);
    return after;
  }, given);
  const settings = faults.map((fault) => fault.settings ?? {});
  return {
    files,
    settings: {
      verifyPasswords: false,
      ...Object.assign({}, ...settings),
      accepted: settings.flatMap(({ accepted = [] }) => accepted),
    },
  };
}
