import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ProxmoxFiles, proxmoxKind, readProxmox } from "../model/proxmox/files.ts";
import type { Source } from "../source.ts";
import { readable, readInput } from "./input.ts";
import { InputError, type Io } from "./io.ts";

/** Folders of a host are shallow; deeper ones are somebody else's. */
const maxDepth = 8;

/**
 * Reads the hypervisor's files: those named, and in folders, those whose names say what they are (`100.conf`, `100.fw`,
 * `cluster.fw`, `interfaces`, `interfaces.d/sdn`).
 */
export async function readProxmoxInputs(paths: readonly string[], io: Io): Promise<ProxmoxFiles> {
  const sources: Source[] = [];
  for (const path of paths.flatMap((one) => proxmoxFiles(one, io))) {
    const { source, fault } = await readInput(path, io);
    if (fault) throw new InputError(`${path}: ${fault.message}; ${fault.help}`);
    sources.push(source);
  }
  const files = readProxmox(sources);
  const [fault] = files.faults;
  if (fault) {
    const { source, start } = fault.at;
    const { line, column } = source.position(start);
    throw new InputError(
      `${source.path}:${line}:${column}: expected an option, a rule or a [section], found something else`,
    );
  }
  return files;
}

/** A file itself, or those in a folder whose names say what they are. */
export function proxmoxFiles(path: string, io: Io): readonly string[] {
  const absolute = resolve(io.cwd, path);
  const stat = readable(path, () => statSync(absolute, { throwIfNoEntry: false }));
  if (stat?.isDirectory()) {
    const found = [...walk(path, absolute, 0)].sort();
    if (found.length === 0)
      throw new InputError(`${path}: expected NNN.conf, NNN.fw, cluster.fw or interfaces in this folder, found none`);
    return found;
  }
  if (stat && proxmoxKind(path) === undefined) {
    throw new InputError(
      `${path}: expected a file called NNN.conf, NNN.fw, cluster.fw or interfaces; its name tells what is in it`,
    );
  }
  return [path];
}

function* walk(path: string, absolute: string, depth: number): Generator<string> {
  if (depth > maxDepth) return;
  for (const entry of readable(path, () => readdirSync(absolute, { withFileTypes: true }))) {
    const child = join(path, entry.name);
    if (entry.isDirectory()) yield* walk(child, join(absolute, entry.name), depth + 1);
    else if (entry.isFile() && proxmoxKind(child) !== undefined) yield child;
  }
}
