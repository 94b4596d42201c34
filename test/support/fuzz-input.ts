import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The bytes of two files, and of what may lie beside them. */
export interface FuzzInput {
  readonly primary: Uint8Array;
  readonly secondary: Uint8Array;
  /** By path: the hypervisor's files below `proxmox/`, `pfha-lint.yaml`, `node.yaml`, `queries.yaml`. */
  readonly others?: Readonly<Record<string, Uint8Array>>;
}

/** Inputs as sets of files, `primary` and `secondary` among them. */
export const fuzzFiles: {
  replace(input: FuzzInput, path: string, change: (bytes: Uint8Array) => Uint8Array): FuzzInput;
  without(input: FuzzInput, path: string): FuzzInput;
} = {
  replace: (input, path, change) => {
    if (path === "primary" || path === "secondary") return { ...input, [path]: change(input[path]) };
    const { [path]: old, ...rest } = input.others ?? {};
    return old ? { ...input, others: { ...rest, [path]: change(old) } } : input;
  },
  without: (input, path) => {
    const { [path]: _, ...rest } = input.others ?? {};
    return { ...input, others: rest };
  },
};

/** Reads an input from a folder: `primary.xml`, `secondary.xml`, and all else that is in it. */
export function readFuzzInput(folder: string): FuzzInput {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const others: Record<string, Uint8Array> = Object.create(null);
  const prefix = `${folder.replace(/\/$/, "")}/`;
  for (const file of files.map((path) => path.slice(prefix.length)).sort()) {
    if (/^(?:primary|secondary)\.xml$/.test(file)) continue;
    if (isBeside(file)) others[file] = readFileSync(join(folder, file));
  }
  return {
    primary: readFileSync(join(folder, "primary.xml")),
    secondary: readFileSync(join(folder, "secondary.xml")),
    ...(Object.keys(others).length > 0 && { others }),
  };
}

const isBeside = (file: string): boolean =>
  file.startsWith("proxmox/") || ["pfha-lint.yaml", "node.yaml", "queries.yaml"].includes(file);

/** Writes an input into a folder, as `readFuzzInput` reads it. */
export function writeFuzzInput(folder: string, { primary, secondary, others = {} }: FuzzInput): void {
  for (const [name, bytes] of Object.entries({ "primary.xml": primary, "secondary.xml": secondary, ...others })) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}
