import { spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseDocument } from "yaml";
import { root } from "../support/pair.ts";
import { folder, run } from "../support/run.ts";
import { complaints, sarifSchema } from "../support/schema.ts";
import { hasTool } from "../support/tool.ts";

/** The examples of docs/ci.md, by the heading or the sentence above them, and what is in their fences. */
const page = readFileSync(new URL("docs/ci.md", root), "utf8");
const examples = [...page.matchAll(/(?:^|\n)([^\n]+)\n+```(\w+)\n([\s\S]*?)```/g)].map(
  ([, title = "", language = "", text = ""]) => ({ title, language, text }),
);
const example = (title: RegExp, language: string): string => {
  const found = examples.filter((one) => title.test(one.title) && one.language === language);
  expect(found, String(title)).toHaveLength(1);
  return found[0]!.text;
};
function yaml<T>(text: string): T {
  const document = parseDocument(text, { strict: true, uniqueKeys: true });
  expect([...document.errors, ...document.warnings]).toEqual([]);
  return document.toJS() as T;
}

/** A repository of five clusters, two of them broken, as continuous integration checks it out. */
const sites = { brest: "small", lyon: "broken", metz: "small", nice: "hostile", paris: "broken" };
function repository(): string {
  const cwd = folder();
  const lines = Object.entries(sites).map(([name, pair]) => {
    cpSync(new URL(`fixtures/pairs/${pair}`, root), join(cwd, name), { recursive: true });
    return `  ${name}: { primary: ${name}/primary.xml, secondary: ${name}/secondary.xml }\n`;
  });
  writeFileSync(join(cwd, "pfha-lint.yaml"), `clusters:\n${lines.join("")}`);
  writeFileSync(join(cwd, "package.json"), '{ "private": true, "devDependencies": { "pfha-lint": "*" } }\n');
  return cwd;
}

/** A PATH on which `npm ci` puts the built program where npm would, and `pfha-lint` is it too. */
function path(): string {
  const bin = folder();
  const program = new URL("bin/pfha-lint.js", root).pathname;
  const script = (name: string, text: string): void => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  script("pfha-lint", `exec '${process.execPath}' '${program}' "$@"`);
  script(
    "npm",
    `[ "$*" = ci ] && [ -f package.json ] || { echo "npm $*: not in this test" >&2; exit 9; }\nmkdir -p node_modules/.bin && cp '${bin}/pfha-lint' node_modules/.bin/`,
  );
  return `${bin}:${process.env["PATH"]}`;
}

/** The files of a folder whose names match `part-*.json`. */
function matching(cwd: string, pattern: string): string[] {
  const expression = new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
  return readdirSync(cwd).filter((name) => expression.test(name));
}

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

function shell(name: "bash" | "sh", text: string, cwd: string, env: Record<string, string>): Ran {
  const args = name === "bash" ? ["--noprofile", "--norc", "-eo", "pipefail", "-c", text] : ["-ec", text];
  const options = { cwd, env: { ...process.env, CI: "true", NO_COLOR: "1", ...env }, encoding: "utf8" } as const;
  const { status, stdout, stderr } = spawnSync(name, args, options);
  return { code: status, output: stdout + stderr };
}

/** What one run over everything says. */
const whole = (format: string): string => run(["check", "-f", format], { cwd: repository() }).stdout;

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly if?: string;
}
interface Job {
  readonly needs?: string;
  readonly if?: string;
  readonly strategy?: { readonly matrix: Readonly<Record<string, readonly unknown[]>> };
  readonly steps: readonly Step[];
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub's.
const unlessCancelled = "${{ !cancelled() }}";

/** As much of GitHub Actions as the examples use; anything else fails. */
function actions(text: string): {
  readonly failed: ReadonlySet<string>;
  readonly last: string;
  readonly outputs: string;
} {
  const workflow = yaml<{ jobs: Record<string, Job> }>(text);
  const known = (value: object, keys: string): void => {
    for (const key of Object.keys(value)) expect(keys.split(" ")).toContain(key);
  };
  known(workflow, "name on permissions jobs");
  const PATH = path();
  const artifacts = folder();
  const failed = new Set<string>();
  let outputs = "";
  let last = "";
  for (const [name, job] of Object.entries(workflow.jobs)) {
    known(job, "needs if strategy runs-on steps permissions");
    if (job.needs !== undefined) expect(Object.keys(workflow.jobs)).toContain(job.needs);
    if (failed.has(job.needs ?? "") && job.if !== unlessCancelled) continue;
    const [[key, values] = ["none", [0]]] = Object.entries(job.strategy?.matrix ?? {}) as [
      string,
      readonly unknown[],
    ][];
    for (const value of values) {
      const fill = (word: unknown): string => {
        const filled = String(word).replaceAll(`\${{ matrix.${key} }}`, String(value));
        expect(filled).not.toContain("${{");
        return filled;
      };
      let cwd = "";
      let broken = false;
      for (const step of job.steps) {
        known(step, "run uses with if name");
        if (step.if !== undefined) expect(["always()", unlessCancelled]).toContain(step.if);
        if (broken && step.if === undefined) continue;
        const given = Object.fromEntries(Object.entries(step.with ?? {}).map(([one, word]) => [one, fill(word)]));
        const files = (): string[] => matching(cwd, given["path"] ?? "none");
        switch (step.uses) {
          case undefined: {
            const ran = shell("bash", fill(step.run), cwd, { PATH, GITHUB_STEP_SUMMARY: join(cwd, ".summary") });
            outputs += ran.output;
            expect(ran.code, ran.output).toBeLessThanOrEqual(1);
            broken ||= ran.code !== 0;
            break;
          }
          case "actions/checkout@v4":
            known(given, "");
            cwd = last = repository();
            break;
          case "actions/setup-node@v4":
            known(given, "node-version cache");
            expect(Number(given["node-version"])).toBeGreaterThanOrEqual(20);
            break;
          case "actions/upload-artifact@v4":
            known(given, "name path");
            expect(files()).not.toEqual([]);
            expect(existsSync(join(artifacts, given["name"]!))).toBe(false);
            mkdirSync(join(artifacts, given["name"]!));
            for (const file of files()) copyFileSync(join(cwd, file), join(artifacts, given["name"]!, file));
            break;
          case "actions/download-artifact@v4":
            known(given, "merge-multiple");
            expect(given["merge-multiple"]).toBe("true");
            for (const one of readdirSync(artifacts)) cpSync(join(artifacts, one), cwd, { recursive: true });
            break;
          case "github/codeql-action/upload-sarif@v3":
            known(given, "sarif_file category");
            expect(
              complaints(sarifSchema(), JSON.parse(readFileSync(join(cwd, given["sarif_file"]!), "utf8"))),
            ).toEqual([]);
            break;
          default:
            expect.fail(`${step.uses} is not known`);
        }
      }
      if (broken) failed.add(name);
    }
  }
  return { failed, last, outputs };
}

test("every example is run by a test below", () => {
  expect(examples.map(({ title, language }) => `${language}: ${title}`)).toEqual([
    "yaml: Annotations in the pull request, alerts under *Security > Code scanning*, and a summary of the job:",
    "yaml: ## GitLab",
    "yaml: GitHub, a matrix:",
    "yaml: GitLab, `parallel`:",
    "sh: GNU parallel, on one machine or over ssh:",
    "yaml: Kubernetes, an indexed job (indices begin with 0, shards with 1):",
    "sh: When the job is done, join what it wrote:",
  ]);
});

test("GitHub Actions: annotations, SARIF, a summary, and a red job", () => {
  const { failed, last, outputs } = actions(example(/^Annotations/, "yaml"));
  expect([...failed]).toEqual(["lint"]);
  expect(outputs).toBe(whole("github"));
  expect(readFileSync(join(last, ".summary"), "utf8")).toBe(whole("markdown"));
  expect(readFileSync(join(last, "pfha-lint.sarif"), "utf8")).toBe(whole("sarif"));
});

test("GitHub Actions, a matrix: the last job reports what one run would", () => {
  const { failed, last, outputs } = actions(example(/^GitHub, a matrix/, "yaml"));
  expect([...failed]).toEqual(["lint", "report"]);
  expect(outputs.endsWith(whole("text"))).toBe(true);
  expect(readFileSync(join(last, "pfha-lint.sarif"), "utf8")).toBe(whole("sarif"));
});

interface GitLabJob {
  readonly script: string | readonly string[];
  readonly parallel?: number;
  readonly needs?: readonly string[];
  readonly when?: string;
  readonly artifacts?: {
    readonly when?: string;
    readonly paths?: readonly string[];
    readonly reports?: Record<string, string>;
  };
}

/** As much of GitLab as the examples use. Artifacts of a job are there in the jobs that need it. */
function gitlab(text: string): {
  readonly codes: Record<string, (number | null)[]>;
  readonly last: string;
  readonly outputs: string;
} {
  const jobs = yaml<Record<string, GitLabJob>>(text);
  const PATH = path();
  const artifacts = folder();
  const codes: Record<string, (number | null)[]> = {};
  let last = "";
  let outputs = "";
  for (const [name, job] of Object.entries(jobs)) {
    for (const key of Object.keys(job))
      expect(["image", "script", "parallel", "needs", "when", "artifacts"]).toContain(key);
    for (const key of Object.keys(job.artifacts ?? {})) expect(["when", "paths", "reports"]).toContain(key);
    codes[name] = [];
    // A job whose needs failed runs only `when: always`.
    if (job.needs?.some((needed) => codes[needed]?.some((code) => code !== 0))) expect(job.when).toBe("always");
    const total = job.parallel ?? 1;
    for (let index = 1; index <= total; index++) {
      const cwd = repository();
      last = cwd;
      if (job.needs) cpSync(artifacts, cwd, { recursive: true });
      const parts = job.parallel ? { CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(total) } : {};
      const { code, output } = shell("bash", [job.script].flat().join("\n"), cwd, { PATH, ...parts });
      expect(code, output).toBeLessThanOrEqual(1);
      codes[name].push(code);
      outputs += output;
      if (code !== 0) expect(job.artifacts?.when ?? "on_success").toBe("always");
      const named = [...(job.artifacts?.paths ?? []), ...Object.values(job.artifacts?.reports ?? {})];
      for (const pattern of named) {
        const files = matching(cwd, pattern);
        expect(files, pattern).not.toEqual([]);
        for (const file of files) copyFileSync(join(cwd, file), join(artifacts, file));
      }
    }
  }
  return { codes, last, outputs };
}

test("GitLab: a log, Code Quality and JUnit", () => {
  const { codes, last, outputs } = gitlab(example(/^## GitLab/, "yaml"));
  expect(codes).toEqual({ "pfha-lint": [1] });
  expect(outputs).toBe(whole("text"));
  expect(readFileSync(join(last, "gl-code-quality-report.json"), "utf8")).toBe(whole("gitlab"));
  expect(readFileSync(join(last, "junit.xml"), "utf8")).toBe(whole("junit"));
});

test("GitLab, parallel: the last job reports what one run would", () => {
  const { codes, last, outputs } = gitlab(example(/^GitLab, `parallel`/, "yaml"));
  expect(codes["lint"]).toHaveLength(4);
  expect(codes["report"]).toEqual([1]);
  expect(outputs.endsWith(whole("text"))).toBe(true);
  expect(readFileSync(join(last, "junit.xml"), "utf8")).toBe(whole("junit"));
});

test.skipIf(!hasTool("parallel"))(
  "the real GNU parallel: the same bytes as one run, in every format that is joined",
  () => {
    const cwd = repository();
    const PATH = path();
    // As typed into a terminal: a part that finds something ends with 1 and stops nobody.
    const typed = `set +e\n${example(/^GNU parallel/, "sh")}`;
    const { code, output } = shell("bash", typed, cwd, { PATH, PARALLEL: "--will-cite" });
    const { stdout, code: expected } = run(["check"], { cwd });
    expect({ code, output: output.slice(-stdout.length) }).toEqual({ code: expected, output: stdout });
    expect(matching(cwd, "part-*.json")).toHaveLength(8);
    for (const format of ["json", "sarif", "junit", "markdown", "compact"]) {
      const joined = shell("bash", `pfha-lint merge-reports part-*.json -f ${format}`, cwd, { PATH });
      expect(joined).toEqual({ code: expected, output: run(["check", "-f", format], { cwd }).stdout });
    }
  },
);

interface KubernetesJob {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: {
    readonly completions: number;
    readonly completionMode: string;
    readonly template: {
      readonly spec: {
        readonly restartPolicy: string;
        readonly containers: readonly {
          readonly workingDir: string;
          readonly command: readonly string[];
          readonly args: readonly string[];
          readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
        }[];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
  };
}

test("a Kubernetes job: no part fails for what it finds, and together they are one run", () => {
  const { apiVersion, kind, spec } = yaml<KubernetesJob>(example(/^Kubernetes/, "yaml"));
  expect({ apiVersion, kind, mode: spec.completionMode }).toEqual({
    apiVersion: "batch/v1",
    kind: "Job",
    mode: "Indexed",
  });
  const pod = spec.template.spec;
  expect(["Never", "OnFailure"]).toContain(pod.restartPolicy);
  const [container] = pod.containers;
  expect(container!.volumeMounts.map(({ name }) => name).sort()).toEqual(pod.volumes.map(({ name }) => name).sort());
  expect(container!.volumeMounts.map(({ mountPath }) => mountPath)).toContain(container!.workingDir);
  const fleet = repository();
  const out = folder();
  const PATH = path();
  // The container's folders are folders of this test.
  const here = (text: string): string => text.replaceAll("/out/", `${out}/`);
  expect(container!.command).toEqual(["sh", "-c"]);
  for (let index = 0; index < spec.completions; index++) {
    const env = { PATH, JOB_COMPLETION_INDEX: String(index) };
    expect(shell("sh", here(container!.args.join(" ")), fleet, env)).toMatchObject({ code: 0 });
  }
  const joined = shell("sh", here(example(/^When the job is done/, "sh")), fleet, { PATH });
  const { stdout, code } = run(["check"], { cwd: fleet });
  expect(joined).toEqual({ code, output: stdout });
});
