import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type IProblem, parseProblemMatchersJson } from "@rushstack/problem-matcher";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../support/pair.ts";
import { hasRegistry, type Registry, startRegistry } from "../support/registry.ts";
import { complaints, sarifSchema } from "../support/schema.ts";
import { git, hasTool, runTool } from "../support/tool.ts";

/** A healthy cluster, the documented reference with its known gaps, and one whose nodes fight for the WAN. */
const clusters = {
  lyon: ["conformance/clusters/clean/primary.xml", "conformance/clusters/clean/secondary.xml"],
  metz: ["rules/carp-advskew-order/bad-equal/primary.xml", "rules/carp-advskew-order/bad-equal/secondary.xml"],
  paris: ["pairs/reference/pf1.xml", "pairs/reference/pf2.xml"],
} as const;

interface Reported {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  readonly start: { readonly line: number; readonly column: number };
}

/**
 * One repository from its first day on, set up with the commands of the documentation and nothing else. The tests are the
 * steps of its story, in order; npm finds the package in a registry on this machine, as if it were published.
 */
describe.skipIf(!hasRegistry())("a repository of three clusters", { timeout: 300_000 }, () => {
  const base = mkdtempSync(join(tmpdir(), "pfha-acceptance-"));
  const cwd = join(base, "firewalls");
  let registry: Registry;
  let env: Record<string, string>;
  const shell = (command: string): { code: number | null; output: string } => runTool("sh", ["-c", command], cwd, env);
  const json = (): { clusters: { diagnostics: Reported[] }[] } => {
    shell("npx pfha-lint check --fail-on never -f json=.cache/report.json");
    return JSON.parse(readFileSync(join(cwd, ".cache/report.json"), "utf8"));
  };
  const change = (file: string, from: string | RegExp, to: string): void => {
    const text = readFileSync(join(cwd, file), "utf8");
    expect(text.replace(from, to)).not.toBe(text);
    writeFileSync(join(cwd, file), text.replace(from, to));
  };
  const commit = (message: string): { code: number | null; output: string } =>
    runTool("git", ["-c", "user.name=T", "-c", "user.email=t@t.example", "commit", "-qam", message], cwd, env);

  beforeAll(async () => {
    registry = await startRegistry();
    env = { npm_config_registry: registry.url, PRE_COMMIT_HOME: join(base, "cache"), CI: "", NO_COLOR: "1" };
    for (const [name, files] of Object.entries(clusters)) {
      mkdirSync(join(cwd, name), { recursive: true });
      for (const [index, file] of files.entries())
        cpSync(new URL(`fixtures/${file}`, root), join(cwd, name, `pf${index + 1}.xml`));
    }
    writeFileSync(join(cwd, ".gitignore"), "node_modules\n.cache\n*.orig\n");
    git(cwd, "init", "-q", "-b", "main");
  }, 120_000);
  afterAll(async () => {
    await registry?.close();
    rmSync(base, { recursive: true, force: true });
  });

  test("is set up with two commands", () => {
    expect(shell("npm install --save-dev pfha-lint")).toMatchObject({ code: 0 });
    const { code, output } = shell("npx pfha-lint init");
    expect(output).toMatch(/^found lyon: .*\nfound metz: .*\nfound paris: .*\nwrote /);
    expect(code).toBe(0);
    expect(parse(readFileSync(join(cwd, "pfha-lint.yaml"), "utf8")).clusters).toEqual(
      Object.fromEntries(
        Object.keys(clusters).map((name) => [name, { primary: `${name}/pf1.xml`, secondary: `${name}/pf2.xml` }]),
      ),
    );
    for (const file of [".pre-commit-config.yaml", ".vscode/tasks.json"])
      expect(existsSync(join(cwd, file))).toBe(true);
  });

  test("the editor's task lists every diagnostic at its place", () => {
    const { tasks } = JSON.parse(readFileSync(join(cwd, ".vscode/tasks.json"), "utf8"));
    const [{ command, args, problemMatcher }] = tasks as [{ command: string; args: string[]; problemMatcher: never }];
    const { output } = runTool(command, args, cwd, env);
    const [matcher] = parseProblemMatchersJson([problemMatcher]);
    const problems = output
      .split("\n")
      .map((line) => matcher!.exec(`${line}\n`))
      .filter((one): one is IProblem => one !== false);
    const expected = json().clusters.flatMap(({ diagnostics }) => diagnostics);
    expect(problems).toHaveLength(expected.length);
    expect(problems).toMatchObject(
      expected.map(({ file, start, severity, message, rule }) => ({
        file,
        line: start.line,
        column: start.column,
        severity,
        message,
        code: rule,
      })),
    );
    expect(new Set(problems.map(({ file }) => file?.split("/")[0]))).toEqual(new Set(["metz", "paris"]));
  });

  test("SARIF for code scanning is valid and holds the same", () => {
    expect(shell("npx pfha-lint check -f github -f sarif=.cache/pfha-lint.sarif").code).toBe(1);
    const sarif = JSON.parse(readFileSync(join(cwd, ".cache/pfha-lint.sarif"), "utf8"));
    expect(complaints(sarifSchema(), sarif)).toEqual([]);
    const results = sarif.runs.flatMap(({ results: all }: { results: object[] }) => all);
    expect(results).toHaveLength(json().clusters.flatMap(({ diagnostics }) => diagnostics).length);
  });

  test.skipIf(!hasTool("chromium"))("the HTML report draws each cluster as it is", async () => {
    shell("npx pfha-lint check -f html=.cache/report.html");
    const browser = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu"],
    });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      const complained: string[] = [];
      page.on("console", (message) => complained.push(message.text()));
      page.on("pageerror", (error) => complained.push(error.message));
      await page.goto(pathToFileURL(join(cwd, ".cache/report.html")).href);
      const drawn = async (number: number): Promise<object> => ({
        vips: await page.$$eval(`#cluster-${number} svg .vip:not([hidden])`, (all) =>
          all.map(
            (one) =>
              `${one.getAttribute("data-side")} ${one.textContent?.trim()}${one.classList.contains("trouble") ? " !" : ""}`,
          ),
        ),
        badges: await page.$$eval(`#cluster-${number} svg .badge`, (all) =>
          all.map((one) => `${[...one.classList].join(" ")} ${one.querySelector("text")?.textContent}`),
        ),
      });
      expect(await drawn(1)).toEqual({
        vips: ["primary 172.17.1.40 · VHID 10", "primary 192.168.1.1 · VHID 20"],
        badges: [],
      });
      // Nothing prefers the primary on the WAN: marked at the VIP, and at the link.
      expect(await drawn(2)).toEqual({
        vips: ["primary 198.51.100.10 · VHID 1 !", "primary 192.168.7.1 · VHID 2"],
        badges: ["badge error 1"],
      });
      // CARP works; the gaps are in DHCP on the LAN and in what XMLRPC sync selects.
      expect(await drawn(3)).toEqual({
        vips: ["primary 172.17.1.40 · VHID 10", "primary 192.168.1.1 · VHID 20"],
        badges: ["badge error 3", "badge info 2"],
      });
      for (const number of [1, 2, 3]) {
        await page.click(`#cluster-${number} tr[data-scenario="primary-down"]`);
        expect(
          await page.$$eval(`#cluster-${number} svg .vip:not([hidden])`, (all) =>
            all.map((one) => one.getAttribute("data-side")),
          ),
        ).not.toContain("primary");
        await page.click(`#cluster-${number} tr[data-scenario="normal"]`);
      }
      expect(complained).toEqual([]);
      const screenshots = process.env["PFHA_LINT_SCREENSHOTS"];
      if (screenshots)
        for (const [index, name] of Object.keys(clusters).entries())
          await page.locator(`#cluster-${index + 1}`).screenshot({ path: join(screenshots, `${name}.png`) });
    } finally {
      await browser.close();
    }
  });

  describe.skipIf(!hasTool("pre-commit"))("with the real pre-commit", () => {
    test("nothing is committed as long as two clusters are broken", () => {
      expect(shell("pre-commit install").code).toBe(0);
      git(cwd, "add", ".");
      const { code, output } = commit("Everything");
      expect(code).toBe(1);
      expect(output).toContain("metz/pf2.xml:193:13: error: VHID 1 on wan: expected advskew above 0");
      expect(output).toMatch(/^paris\/pf\d\.xml:\d+:\d+: error: /m);
      expect(output).not.toMatch(/^lyon\//m);
    });

    test("once one is fixed and the other's gaps are accepted, it is", () => {
      const fix = shell("npx pfha-lint fix metz/pf1.xml metz/pf2.xml --write");
      expect(fix.code).toBe(0);
      const accept = shell(
        `npx pfha-lint accept paris/pf1.xml paris/pf2.xml --reason "as documented" --until 2999-12-31`,
      );
      expect(accept.code).toBe(0);
      git(cwd, "add", ".");
      const { code, output } = commit("Everything");
      expect({ code, output }).toMatchObject({ code: 0 });
      expect(git(cwd, "log", "--format=%s").trim()).toBe("Everything");
    });

    test("a bad commit is refused, at its line; a good one passes", () => {
      change("lyon/pf2.xml", "<advskew>100</advskew>", "<advskew>0</advskew>");
      const refused = commit("Save the secondary");
      expect(refused.code).toBe(1);
      expect(refused.output).toMatch(/^lyon\/pf2\.xml:\d+:\d+: error: VHID \d+ on \w+: expected advskew above 0/m);
      expect(refused.output).not.toMatch(/^(metz|paris)\//m);
      change("lyon/pf2.xml", "<advskew>0</advskew>", "<advskew>100</advskew>");
      for (const file of ["lyon/pf1.xml", "lyon/pf2.xml"])
        change(file, /<timezone>[^<]*<\/timezone>/, "<timezone>Europe/Berlin</timezone>");
      expect(commit("Another time zone")).toMatchObject({ code: 0 });
      expect(git(cwd, "log", "--format=%s").trim().split("\n")).toEqual(["Another time zone", "Everything"]);
    });
  });
});
