import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The two files of a pair, as text. */
interface Files {
  readonly primary: string;
  readonly secondary: string;
}

/** Makes both files of the small pair have something to fix, and be large enough for writing them to take a while. */
export function killPair({ primary, secondary }: Files, aliases = 2000): Files {
  const filler = Array.from(
    { length: aliases },
    (_, i) =>
      `\t\t<alias>\n\t\t\t<name>a${i}</name>\n\t\t\t<type>host</type>\n\t\t\t<address>192.0.2.1</address>\n\t\t</alias>\n`,
  ).join("");
  const filled = (text: string): string => text.replace("\t</aliases>\n", `${filler}\t</aliases>\n`);
  return {
    primary: filled(primary.replace("<synchronizetoip>10.99.0.2<", "<synchronizetoip>https://10.99.0.2<")),
    secondary: filled(secondary.replace(/<advskew>100/g, "<advskew>0")),
  };
}

const names = { primary: "pf1.xml", secondary: "pf2.xml" } as const;
const roles = ["primary", "secondary"] as const;
/** Of the files before they are fixed. */
const mode = 0o640;

export const fixArguments: readonly string[] = [
  "fix",
  "pf1.xml",
  "pf2.xml",
  "--write",
  "--unsafe",
  "--node",
  "both",
  "--no-config",
];

/** Puts a pair into a folder, and takes away kept copies; what a killed run left behind stays. */
export function writePair(folder: string, files: Files): void {
  for (const role of roles) {
    const path = join(folder, names[role]);
    rmSync(path, { force: true });
    rmSync(`${path}.orig`, { force: true });
    writeFileSync(path, files[role], { mode });
  }
}

/** What a run left of each file, and how many temporary files. */
export interface Left {
  readonly primary: "old" | "new";
  readonly secondary: "old" | "new";
  readonly temporaries: number;
}

/** Looks at what a run left. Throws where that is anything but whole files, old or new, and temporaries. */
export function leftIn(folder: string, before: Files, after: Files): Left {
  const state = (role: (typeof roles)[number]): "old" | "new" => {
    const path = join(folder, names[role]);
    const text = readFileSync(path, "utf8");
    const rights = statSync(path).mode & 0o777;
    const kept = existsSync(`${path}.orig`) ? readFileSync(`${path}.orig`, "utf8") : undefined;
    if (kept !== undefined && kept !== before[role]) throw new Error(`${names[role]}.orig is not the old file`);
    if (text === before[role]) {
      if (rights !== mode) throw new Error(`${names[role]} is old, with other rights: ${rights.toString(8)}`);
      return "old";
    }
    if (text !== after[role]) throw new Error(`${names[role]} is neither the old file nor the new one`);
    if (kept === undefined) throw new Error(`${names[role]} is new, and the old one is gone`);
    if (rights !== 0o600) throw new Error(`${names[role]} is new, and others may read it: ${rights.toString(8)}`);
    return "new";
  };
  const others = readdirSync(folder).filter((name) => !/^pf[12]\.xml(?:\.orig)?$/.test(name));
  const strange = others.find((name) => !/^\.pfha-lint-\d+-[0-9a-f]{12}\.tmp$/.test(name));
  if (strange !== undefined) throw new Error(`${strange} was left behind`);
  return { primary: state("primary"), secondary: state("secondary"), temporaries: others.length };
}
