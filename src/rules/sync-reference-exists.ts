import { afterSync, type SectionName, selectedSections } from "../behaviour/xmlrpc-sync.ts";
import { entrySubject, entryTitle } from "../cluster/entries.ts";
import type { Config } from "../model/config.ts";
import { readInteger } from "../model/field.ts";
import type { Tree } from "../model/tree.ts";
import { notCarried } from "./_sync.ts";
import type { Problem, Rule } from "./rule.ts";

export const syncReferenceExists: Rule = {
  id: "sync-reference-exists",
  severity: "warning",
  summary: "Certificates and authentication servers that synced sections use reach the secondary.",
  fix: "none",

  notApplicable: (cluster) => notCarried("anything", ...selectedSections(cluster.primary))(cluster),

  *check(cluster) {
    const { primary, secondary } = cluster;
    const after = afterSync(cluster).onceThrough;
    const selected = selectedSections(primary);
    for (const { section, ...reference } of references(primary)) {
      if (selected.includes(section)) yield* lost(primary, after, reference);
    }
    const gui = secondary.system.webGui.tree;
    yield* lost(primary, after, {
      title: "web GUI",
      subject: "system/webgui",
      ...field(gui, "authmode", "authserver"),
    });
  },
};

type Kind = "cert" | "ca" | "crl" | "authserver";

/** What things are called, by what they are told apart, and where they are. */
const kinds: Readonly<Record<Kind, { readonly noun: string; readonly key: string; readonly in: string }>> = {
  cert: { noun: "certificate", key: "refid", in: "" },
  ca: { noun: "CA", key: "refid", in: "" },
  crl: { noun: "CRL", key: "refid", in: "" },
  authserver: { noun: "authentication server", key: "name", in: "system" },
};

interface Reference {
  readonly title: string;
  readonly subject: string;
  readonly fields: readonly Tree[];
  readonly kind: Kind;
}

const field = (entry: Tree, name: string, kind: Kind): Pick<Reference, "fields" | "kind"> => ({
  fields: entry.list(name),
  kind,
});

/** What the primary's synced entries in use refer to. */
function* references(config: Config): Iterable<Reference & { readonly section: SectionName }> {
  for (const { section, path, inUse, fields } of holders) {
    for (const entry of entriesAt(config.tree, path)) {
      if (!inUse(entry, config)) continue;
      for (const [name, kind] of Object.entries(fields)) {
        const listPath = path.replace("*", entry.name);
        const named = path.endsWith("*") || !path.includes("/");
        const title = named ? listPath : entryTitle(listPath, entry);
        const subject = named ? listPath : entrySubject(listPath, entry);
        yield { section, title, subject, ...field(entry, name, kind) };
      }
    }
  }
}

interface Holder {
  readonly section: SectionName;
  readonly path: string;
  readonly inUse: (entry: Tree, config: Config) => boolean;
  readonly fields: Readonly<Record<string, Kind>>;
}

const enabled = (entry: Tree): boolean => entry.has("enable");
const tunnel = { caref: "ca", certref: "cert", crlref: "crl", authmode: "authserver" } as const;

const holders: readonly Holder[] = [
  { section: "openvpn", path: "openvpn/openvpn-server", inUse: (entry) => !entry.has("disable"), fields: tunnel },
  { section: "openvpn", path: "openvpn/openvpn-client", inUse: (entry) => !entry.has("disable"), fields: tunnel },
  {
    section: "ipsec",
    path: "ipsec/phase1",
    inUse: (entry) => !entry.has("disabled") && !/psk|pre_shared/.test(entry.textOf("authentication_method")),
    fields: { caref: "ca", certref: "cert" },
  },
  { section: "ipsec", path: "ipsec/client", inUse: enabled, fields: { user_source: "authserver" } },
  {
    section: "unbound",
    path: "unbound",
    inUse: (entry) => enabled(entry) && entry.has("enablessl"),
    fields: { sslcertref: "cert" },
  },
  {
    section: "captiveportal",
    path: "captiveportal/*",
    inUse: enabled,
    fields: { auth_server: "authserver", auth_server2: "authserver" },
  },
  {
    section: "captiveportal",
    path: "captiveportal/*",
    inUse: (entry) => enabled(entry) && entry.has("httpslogin"),
    fields: { certref: "cert" },
  },
  {
    section: "user",
    path: "system/user",
    inUse: (entry, { hasync }) =>
      hasync.adminSync.on || readInteger(entry.textOf("uid"), 2000, Number.MAX_SAFE_INTEGER) !== undefined,
    fields: { cert: "cert" },
  },
  {
    section: "authserver",
    path: "system/authserver",
    inUse: (entry) => entry.textOf("type") === "ldap",
    fields: { ldap_caref: "ca" },
  },
];

function entriesAt(root: Tree, path: string): readonly Tree[] {
  const [section = "", name] = path.split("/");
  const holder = root.section(section);
  if (name === undefined) return holder.present ? [holder] : [];
  return name === "*" ? holder.children : holder.list(name);
}

function* lost(primary: Config, after: Config, { title, subject, fields, kind }: Reference): Iterable<Problem> {
  const { noun } = kinds[kind];
  for (const tree of fields) {
    for (const name of namesIn(tree)) {
      const target = targetOf(primary, kind, name);
      if (!target || targetOf(after, kind, name)) continue;
      const shown = kind === "authserver" ? name : `"${target.textOf("descr")}"`;
      yield {
        at: tree.at,
        message: `${title}: expected the ${noun} ${shown} on the secondary after a sync, found it on the primary only`,
        subject: `${subject}/${tree.name}`,
        related: [{ at: target.open, message: `the primary's ${noun}` }],
        help: `let XMLRPC sync carry ${kind === "authserver" ? "authentication servers" : "certificates"} as well, or create the same one on the secondary`,
      };
    }
  }
}

/** Several servers are separated by commas; the captive portal puts their type in front (`radius - Office`). */
const namesIn = ({ text }: Tree): readonly string[] =>
  text.split(",").map((word) => (word.includes(" - ") ? word.slice(word.indexOf(" - ") + 3) : word).trim());

function targetOf({ tree }: Config, kind: Kind, name: string): Tree | undefined {
  const { key, in: section } = kinds[kind];
  const holder = section === "" ? tree : tree.section(section);
  return name === "" ? undefined : holder.list(kind).find((entry) => entry.textOf(key) === name);
}
