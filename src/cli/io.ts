/** Where a command reads and writes: the process as an argument. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The present moment; without it, the clock's. */
  readonly now?: () => Date;
  /** Ends what would go on for ever. */
  readonly signal?: AbortSignal;
  /** The program of a worker thread; without it everything is done in this thread. */
  readonly worker?: URL;
  /** All bytes of standard input, or, if there are more than a limit, some more than that. */
  readStdin(limit: number): Promise<Uint8Array>;
}

export interface Output {
  write(content: string | Uint8Array): void;
  /** Whether a person is looking at it. */
  readonly isTerminal: boolean;
}

/** The exit codes, the same for every format and command. */
export const exitCodes = { ok: 0, findings: 1, usage: 2, input: 3, bug: 70 } as const;

/** The command is wrong: an unknown option, a missing file name, an invalid configuration file. Exit code 2. */
export class UsageError extends Error {}

/** The configuration file is wrong: its message names the places. Exit code 2. */
export class ConfigFileError extends UsageError {}

/** An input could not be read or checked. Exit code 3. */
export class InputError extends Error {}

/** This program is wrong; the message says how far, and holds nothing of the inputs. Exit code 70. */
export class BugError extends Error {}
