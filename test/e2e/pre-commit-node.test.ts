import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/pair.ts";
import { hasRegistry } from "../support/registry.ts";
import { folder } from "../support/run.ts";
import { git, hasTool, runTool } from "../support/tool.ts";

/** This repository as git would hold it if everything were committed: without dist/ and node_modules. */
function committed(path: string): string {
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const name of list.split("\0").filter((one) => one !== "" && !one.startsWith("fixtures/"))) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    cpSync(new URL(name, root), join(path, name));
  }
  git(path, "init", "-q", "-b", "main");
  git(path, "add", ".");
  git(path, "commit", "-qm", "Everything");
  return git(path, "rev-parse", "HEAD").trim();
}

const able = hasTool("pre-commit") && hasRegistry();

test.skipIf(!able)(
  "pre-commit installs the hook of this repository, builds it, and runs it",
  { timeout: 600_000 },
  () => {
    const base = folder();
    const hooks = join(base, "pfha-lint");
    mkdirSync(hooks);
    const rev = committed(hooks);
    const cwd = join(base, "firewalls");
    cpSync(new URL("fixtures/pairs/small/", root), join(cwd, "paris"), { recursive: true });
    writeFileSync(
      join(cwd, "pfha-lint.yaml"),
      "clusters: { paris: { primary: paris/primary.xml, secondary: paris/secondary.xml } }\n",
    );
    writeFileSync(
      join(cwd, ".pre-commit-config.yaml"),
      JSON.stringify({ repos: [{ repo: hooks, rev, hooks: [{ id: "pfha-lint" }] }] }),
    );
    git(cwd, "init", "-q", "-b", "main");
    git(cwd, "add", ".");
    const env = { PRE_COMMIT_HOME: join(base, "cache"), CI: "" };
    expect(runTool("pre-commit", ["install", "--install-hooks"], cwd, env)).toMatchObject({ code: 0 });
    const commit = (message: string): { code: number | null; output: string } =>
      runTool("git", ["-c", "user.name=T", "-c", "user.email=t@t.example", "commit", "-qam", message], cwd, env);
    expect(commit("Healthy")).toMatchObject({ code: 0 });
    const secondary = join(cwd, "paris/secondary.xml");
    writeFileSync(secondary, readFileSync(secondary, "utf8").replace("<advskew>100</advskew>", "<advskew>0</advskew>"));
    const refused = commit("Broken");
    expect(refused.code).toBe(1);
    expect(refused.output).toContain("paris/secondary.xml:193:13: error: VHID 1 on wan: expected advskew above 0");
  },
);
