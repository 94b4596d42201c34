import { isUtf8 } from "node:buffer";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import { type Cluster, clusterOf } from "../../src/cluster/cluster.ts";
import type { Report } from "../../src/diagnostic.ts";
import { applyEdits } from "../../src/emit/apply.ts";
import { type LintSettings, lintCluster } from "../../src/lint.ts";
import { type Config, parseConfig } from "../../src/model/config.ts";
import { proxmoxKind, readProxmox } from "../../src/model/proxmox/files.ts";
import { decode } from "../../src/parser/decode.ts";
import { text } from "../../src/report/text.ts";
import { rules } from "../../src/rules/index.ts";
import type { Rule } from "../../src/rules/rule.ts";
import { Source } from "../../src/source.ts";
import { bytesOf, textOf } from "./bytes.ts";

/** The two files of a pair, as text. */
export interface Files {
  readonly primary: string;
  readonly secondary: string;
}

/** A pair, perhaps with the wires under it. */
export interface WiredFiles extends Files {
  /** Files of the hypervisor, by path. */
  readonly proxmox?: Readonly<Record<string, string>>;
}

export const root: URL = new URL("../../", import.meta.url);

/** Reads the pair in a folder below fixtures/. */
export function readFiles(folder: string): WiredFiles {
  const read = (role: string): string => {
    const bytes = readFileSync(new URL(`fixtures/${folder}/${role}.xml`, root));
    return isUtf8(bytes) ? bytes.toString("utf8") : textOf(bytes);
  };
  const proxmox = new URL(`fixtures/${folder}/proxmox/`, root);
  if (!existsSync(proxmox)) return { primary: read("primary"), secondary: read("secondary") };
  const names = readdirSync(proxmox, { recursive: true, encoding: "utf8" }).filter(
    (name) => proxmoxKind(name) !== undefined,
  );
  const files = names.sort().map((name) => [`proxmox/${name}`, readFileSync(new URL(name, proxmox), "utf8")]);
  return { primary: read("primary"), secondary: read("secondary"), proxmox: Object.fromEntries(files) };
}

/** A small healthy pair: WAN, LAN and SYNC, two CARP VIPs, pfsync, XMLRPC sync with every box ticked. */
export const small: Files = readFiles("pairs/small");

/**
 * A pair with one thing replaced. The text to replace must be there, and in one place only unless it is a global
 * expression: a case that changes nothing tests nothing.
 */
export function change(
  files: WiredFiles,
  where: keyof Files | "both",
  find: string | RegExp,
  replacement: string,
): WiredFiles {
  const replace = (content: string): string => {
    const found =
      typeof find === "string"
        ? content.split(find).length - 1
        : [...content.matchAll(new RegExp(find, `${find.flags.replace("g", "")}g`))].length;
    const global = typeof find !== "string" && find.flags.includes("g");
    if (found === 0 || (found > 1 && !global)) throw new Error(`found ${found} times: ${find}`);
    return typeof find === "string" ? content.split(find).join(replacement) : content.replace(find, replacement);
  };
  return {
    ...files,
    primary: where === "secondary" ? files.primary : replace(files.primary),
    secondary: where === "primary" ? files.secondary : replace(files.secondary),
  };
}

export function configOf(content: string, name = "config.xml"): Config {
  return parseConfig(decode(name, bytesOf(content)));
}

/** Settings of a test: those of the engine, and how roles are found. */
export interface PairSettings extends LintSettings {
  /** Let the files say which node is the primary, as a command line without --primary does. */
  readonly roles?: "detect";
}

/** The pair as a cluster; `primary` is the primary whatever the files say, unless roles are to be detected. */
export function clusterFrom({ primary, secondary, proxmox }: WiredFiles, { roles }: PairSettings = {}): Cluster {
  const config = configOf(primary, "primary.xml");
  const sources = Object.entries(proxmox ?? {}).map(([path, content]) => new Source(path, content));
  const hypervisor = proxmox && { files: readProxmox(sources) };
  return clusterOf(config, configOf(secondary, "secondary.xml"), roles === "detect" ? undefined : config, hypervisor);
}

export const lintFiles = (files: WiredFiles, rules: readonly Rule[], settings?: PairSettings): Promise<Report> =>
  lintCluster(clusterFrom(files, settings), rules, settings);

/** A rule, and those whose diagnostics the settings accept. */
export const withAccepted = (rule: Rule, { accepted = [] }: PairSettings = {}): readonly Rule[] => [
  rule,
  ...rules.filter(({ id }) => accepted.some((entry) => entry.rule === id)),
];

/** What a person sees of a rule's diagnostics; empty if there are none. Every diagnostic has a fix or says what to do. */
export async function report(rule: Rule, files: WiredFiles, settings?: PairSettings): Promise<string> {
  const found = await lintFiles(files, withAccepted(rule, settings), settings);
  for (const { fix, help } of found.diagnostics) expect(fix ?? help, "a fix or a help").toBeDefined();
  if (found.diagnostics.length === 0) return "";
  const printed = text({ toolVersion: "0.0.0", exitCode: 0, failOn: "error", reports: [found] });
  return printed.split("\n\n").slice(0, -1).join("\n\n").concat("\n");
}

/** The pair after one rule's fixes, made round by round until none is left. */
export async function fixed(rule: Rule, files: WiredFiles, settings?: PairSettings): Promise<WiredFiles> {
  let current = files;
  for (let round = 0; round < 10; round++) {
    const cluster = clusterFrom(current, settings);
    const { diagnostics } = await lintCluster(cluster, [rule], settings);
    const fix = diagnostics.find((diagnostic) => diagnostic.fix)?.fix;
    if (!fix) return current;
    current = {
      ...current,
      primary: applyEdits(cluster.primary.source, fix.edits),
      secondary: applyEdits(cluster.secondary.source, fix.edits),
    };
  }
  throw new Error(`${rule.id} still has something to fix after 10 rounds`);
}
