import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cli } from "../support/cli.ts";
import { root } from "../support/pair.ts";
import { folder } from "../support/run.ts";
import { hasTool } from "../support/tool.ts";

/** A page of the real browser, and everything that it complains about or asks for. */
interface Opened {
  readonly page: Page;
  readonly complaints: string[];
  readonly requests: string[];
}

describe.skipIf(!hasTool("chromium"))("the HTML report in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  }, 120_000);
  afterAll(() => browser?.close());

  async function open(pair: string, names = ["primary", "secondary"], options: object = {}): Promise<Opened> {
    const cwd = folder();
    cpSync(new URL(`fixtures/pairs/${pair}`, root), cwd, { recursive: true });
    await cli([...names.map((name) => `${name}.xml`), "-f", "html=report.html", "--no-verify-passwords"], { cwd });
    return show(join(cwd, "report.html"), options);
  }

  async function show(file: string, options: object = {}): Promise<Opened> {
    const page = await browser.newPage(options);
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return { page, complaints, requests };
  }

  const chips = (page: Page): Promise<string[]> =>
    page.$$eval("svg .vip:not([hidden])", (all) =>
      all.map(
        (one) =>
          `${one.getAttribute("data-side")} ${one.textContent?.trim()}${one.classList.contains("trouble") ? " !" : ""}`,
      ),
    );

  test.for(["small", "broken", "hostile"])("asks for nothing and complains about nothing: %s", async (pair) => {
    const { page, complaints, requests } = await open(pair);
    for (const row of await page.$$("tr[data-scenario]")) await row.click();
    expect(complaints).toEqual([]);
    expect(requests).toHaveLength(1);
    await page.close();
  });

  test("draws a healthy pair: the primary is master of every VIP", async () => {
    const { page } = await open("small");
    expect(await chips(page)).toEqual(["primary 198.51.100.10 · VHID 1", "primary 192.168.7.1 · VHID 2"]);
    const text = (await page.textContent("svg")) ?? "";
    for (const word of [
      "brook-a.brook.example",
      "brook-b.brook.example",
      "198.51.100.11/24",
      "192.168.7.12/24",
      "igb2",
      "SYNC · pfsync",
    ]) {
      expect(text).toContain(word);
    }
    expect(await page.$$("svg .badge")).toEqual([]);
    expect(await page.textContent("h1")).toBe("pfha-lint: no problems");
    await page.close();
  });

  test("a click on a scenario redraws the picture", async () => {
    const { page } = await open("small");
    await page.click('tr[data-scenario="primary-down"]');
    expect(await chips(page)).toEqual(["secondary 198.51.100.10 · VHID 1", "secondary 192.168.7.1 · VHID 2"]);
    expect(
      await page.$$eval("svg g.off", (all) => [...new Set(all.map((one) => one.getAttribute("data-role")))]),
    ).toEqual(["primary"]);
    expect(await page.textContent("[data-caption]")).toBe("the primary is off");
    await page.click('tr[data-scenario="primary-link-down:wan"]');
    expect(
      await page.$$eval("svg .cut", (all) =>
        all.map((one) => `${one.getAttribute("data-side")} ${one.getAttribute("data-wire")}`),
      ),
    ).toEqual(["primary wan"]);
    await page.click('tr[data-scenario="sync-link-down"]');
    expect(await page.$$eval("svg .cut", (all) => all.map((one) => one.getAttribute("data-wire")))).toEqual([
      "opt1",
      "opt1",
    ]);
    await page.click('tr[data-scenario="normal"]');
    expect(await page.$$("svg .cut, svg .off")).toEqual([]);
    await page.close();
  });

  test("the keyboard does the same", async () => {
    const { page } = await open("small");
    await page.focus('tr[data-scenario="normal"] button');
    await page.keyboard.press("ArrowDown");
    expect(await page.getAttribute("tr.chosen", "data-scenario")).toBe("primary-down");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-pressed"))).toBe("true");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.getAttribute("tr.chosen", "data-scenario")).toBe("primary-returns");
    await page.close();
  });

  test("shows a broken pair where it is broken, with frames and the pages of its rules", async () => {
    const { page } = await open("broken");
    expect((await chips(page)).every((chip) => chip.endsWith("!"))).toBe(true);
    expect(await page.$$eval("svg .badge", (all) => all.length)).toBeGreaterThanOrEqual(2);
    expect(await page.textContent("article pre")).toContain("^");
    const href = await page.getAttribute("article a[href='#carp-advskew-order']", "href");
    expect(await page.textContent(`section${href}`)).toContain("When to accept it");
    await page.close();
  });

  test("check boxes filter by severity", async () => {
    const { page } = await open("broken");
    const visible = (): Promise<number> =>
      page.$$eval("article[data-severity=error]", (all) => all.filter((one) => one.checkVisibility()).length);
    expect(await visible()).toBeGreaterThan(0);
    await page.uncheck("[data-filter=error]");
    expect(await visible()).toBe(0);
    await page.check("[data-filter=error]");
    expect(await visible()).toBeGreaterThan(0);
    await page.close();
  });

  test("is dark where the system is dark, and legible on paper", async () => {
    const { page } = await open("small", undefined, { colorScheme: "dark" });
    const background = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await background()).toBe("rgb(13, 17, 23)");
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    expect(await background()).toBe("rgb(255, 255, 255)");
    expect(await page.$eval(".hint", (one) => one.checkVisibility())).toBe(false);
    await page.close();
  });

  test("draws the reference pair, its roles as the files have them", async () => {
    const { page, complaints } = await open("reference", ["pf1", "pf2"]);
    expect(complaints).toEqual([]);
    expect((await chips(page)).length).toBeGreaterThan(0);
    expect(await page.getAttribute("tr.chosen", "data-scenario")).toBe("normal");
    await page.close();
  });

  test("puts several clusters on one page, each with its own picture", async () => {
    const cwd = folder();
    for (const pair of ["small", "broken"])
      cpSync(new URL(`fixtures/pairs/${pair}`, root), join(cwd, pair), { recursive: true });
    const line = (name: string): string =>
      `  ${name}: { primary: ${name}/primary.xml, secondary: ${name}/secondary.xml }\n`;
    writeFileSync(join(cwd, "pfha-lint.yaml"), `clusters:\n${line("small")}${line("broken")}`);
    await cli(["check", "-f", "html=report.html"], { cwd });
    const { page, complaints } = await show(join(cwd, "report.html"));
    await page.click('#cluster-2 tr[data-scenario="primary-down"]');
    expect(await page.textContent("#cluster-1 [data-caption]")).toBe("both nodes are up");
    expect(await page.textContent("#cluster-2 [data-caption]")).toBe("the primary is off");
    expect(complaints).toEqual([]);
    expect(readFileSync(join(cwd, "report.html"), "utf8")).not.toMatch(/(?:src|@import|url\()\s*=?\s*["']?https?:/);
    await page.close();
  });
});
