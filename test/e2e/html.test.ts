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

  describe("with a hypervisor", () => {
    /** The reference pair on the hosts of a fixture. */
    async function openOn(proxmox: string, options: object = {}): Promise<Opened> {
      const cwd = folder();
      cpSync(new URL("fixtures/pairs/reference", root), cwd, { recursive: true });
      cpSync(new URL(`fixtures/proxmox/${proxmox}`, root), join(cwd, "pve"), { recursive: true });
      await cli(["pf1.xml", "pf2.xml", "--proxmox", "pve", "-f", "html=report.html", "--no-verify-passwords"], { cwd });
      return show(join(cwd, "report.html"), options);
    }

    const texts = (page: Page, selector: string): Promise<string[]> =>
      page.$$eval(selector, (all) =>
        all.map((one) => [...one.querySelectorAll("text")].map((text) => text.textContent).join(" ")),
      );
    const wires = (page: Page): Promise<string[]> =>
      page.$$eval("svg .wire.cut", (all) => [
        ...new Set(all.map((one) => `${one.getAttribute("data-side")} ${one.getAttribute("data-wire")}`)),
      ]);

    test("draws one host around both nodes, and the bridges that they share", async () => {
      const { page, complaints, requests } = await openOn("one-host");
      expect(await texts(page, "svg .host")).toEqual(["host pve VM 114, VM 115"]);
      expect(await texts(page, "svg .bridge")).toEqual(["vmbr10 port eno1", "vmbr1140 port eno2", "vmbr1150 no port"]);
      const inside = await page.evaluate(() => {
        const box = (selector: string) => document.querySelector(selector)!.getBoundingClientRect();
        const host = box("svg .host rect");
        return [...document.querySelectorAll("svg .node, svg .bridge rect, svg .vip:not([hidden]) rect")].every(
          (one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect();
            return left > host.left && right < host.right && top > host.top && bottom < host.bottom;
          },
        );
      });
      expect(inside).toBe(true);
      for (const row of await page.$$("tr[data-scenario]")) await row.click();
      expect(complaints).toEqual([]);
      expect(requests).toHaveLength(1);
      await page.close();
    });

    test("the host dies: both nodes are off, nobody answers", async () => {
      const { page } = await openOn("one-host");
      await page.click('tr[data-scenario="host-dies:pve"]');
      expect(await page.textContent("[data-caption]")).toBe("the host pve dies, and both nodes with it");
      expect(await page.$$eval("svg [data-state]", (all) => all.map(({ textContent }) => textContent))).toEqual([
        ", off",
        ", off",
      ]);
      expect(await texts(page, "svg .host.dead")).toHaveLength(1);
      expect(await texts(page, "svg .bridge.dead")).toHaveLength(3);
      expect(
        await page.$$eval("svg .vip:not([hidden])", (all) => all.map(({ classList }) => [...classList].join(" "))),
      ).toEqual(["vip trouble off", "vip trouble off"]);
      expect(await page.textContent("[data-effects]")).toContain("nobody answers for 172.17.1.40 and 192.168.1.1");
      await page.click('tr[data-scenario="normal"]');
      expect(await page.$$("svg .dead, svg .cut, svg .off")).toEqual([]);
      await page.close();
    });

    test("one of two hosts dies: the other has everything", async () => {
      const { page } = await openOn("two-hosts");
      expect(await texts(page, "svg .host")).toEqual(["host pve1 VM 114", "host pve2 VM 115"]);
      await page.click('tr[data-scenario="host-dies:pve1"]');
      expect(await chips(page)).toEqual(["secondary 172.17.1.40 · VHID 10", "secondary 192.168.1.1 · VHID 20"]);
      expect(await texts(page, "svg .host.dead")).toEqual(["host pve1 VM 114"]);
      expect(await texts(page, "svg .bridge.dead")).toHaveLength(3);
      expect(await wires(page)).toEqual(["primary wan", "primary lan", "primary opt1"]);
      await page.close();
    });

    test("a bridge dies: its wires are cut, its VIP moves alone", async () => {
      const { page } = await openOn("two-hosts");
      await page.focus('tr[data-scenario="host-dies:pve2"] button');
      await page.keyboard.press("ArrowDown");
      expect(await page.getAttribute("tr.chosen", "data-scenario")).toBe("bridge-dies:pve1/vmbr10");
      expect(await texts(page, "svg .bridge.dead")).toEqual(["vmbr10 port eno1"]);
      expect(await page.$$("svg .host.dead")).toEqual([]);
      expect(await wires(page)).toEqual(["primary wan"]);
      expect(await chips(page)).toEqual(["secondary 172.17.1.40 · VHID 10", "primary 192.168.1.1 · VHID 20 !"]);
      await page.close();
    });

    test("marks trouble at the host, at the card, and where two bridges do not meet", async () => {
      const { page } = await openOn("sync-on-another-bridge");
      const badges = await page.$$eval("svg .badge title", (all) => all.map(({ textContent }) => textContent ?? ""));
      expect(badges.filter((one) => one.includes("found both on one host"))).toHaveLength(1);
      expect(badges.filter((one) => one.includes("expected vmbr1150 as on the primary, found vmbr1141"))).toHaveLength(
        1,
      );
      expect(await page.$$eval("svg .apart", (all) => all.map(({ textContent }) => textContent))).toEqual([
        "≠vmbr1150 and vmbr1141 are two bridges, and vmbr1150 has no port",
      ]);
      const { page: filtered } = await openOn("firewall-in-force");
      const cards = await filtered.$$eval("svg .badge title", (all) => all.map(({ textContent }) => textContent ?? ""));
      expect(cards.filter((one) => one.includes("found the MAC filter on"))).toHaveLength(4);
      await page.close();
      await filtered.close();
    });

    test.for(["one-host", "two-hosts", "sync-on-another-bridge", "firewall-in-force"])(
      "no text lies on another, or on a badge, in any scenario: %s",
      async (proxmox) => {
        const { page } = await openOn(proxmox);
        for (const row of await page.$$("tr[data-scenario]")) {
          await row.click();
          const clashes = await page.$$eval("svg text, svg .badge circle", (all) => {
            const seen = all.filter(
              (one) => one.checkVisibility() && !(one.tagName === "text" && one.closest(".badge")),
            );
            const boxes = seen.map((one) => ({ what: one.textContent || "badge", box: one.getBoundingClientRect() }));
            return boxes.flatMap(({ what, box }, i) =>
              boxes
                .slice(i + 1)
                .filter(({ box: other }) => {
                  const width = Math.min(box.right, other.right) - Math.max(box.left, other.left);
                  const height = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
                  return width > 1 && height > 2;
                })
                .map((other) => `${what} on ${other.what}`),
            );
          });
          expect(clashes).toEqual([]);
        }
        await page.close();
      },
    );

    test("a pair beside it without one is drawn as ever, and names from files stay text", async () => {
      const cwd = folder();
      for (const pair of ["small", "reference"])
        cpSync(new URL(`fixtures/pairs/${pair}`, root), join(cwd, pair), { recursive: true });
      const name = `<img src=x onerror=alert(1)>"'&`;
      cpSync(new URL("fixtures/proxmox/two-hosts/nodes/pve1", root), join(cwd, "pve", "nodes", name), {
        recursive: true,
      });
      cpSync(new URL("fixtures/proxmox/two-hosts/nodes/pve2", root), join(cwd, "pve", "nodes", "pve2"), {
        recursive: true,
      });
      writeFileSync(
        join(cwd, "pfha-lint.json"),
        JSON.stringify({
          clusters: {
            a: { primary: "reference/pf1.xml", secondary: "reference/pf2.xml", proxmox: { files: ["pve"] } },
            b: { primary: "small/primary.xml", secondary: "small/secondary.xml" },
          },
        }),
      );
      await cli(["check", "-f", "html=report.html"], { cwd });
      const { page, complaints } = await show(join(cwd, "report.html"));
      expect(await page.$$("img")).toEqual([]);
      expect(await page.$$eval("#cluster-1 svg .host", (all) => all.length)).toBe(2);
      expect(await page.$$("#cluster-2 svg .host, #cluster-2 svg .bridge")).toEqual([]);
      for (const row of await page.$$("tr[data-scenario]")) await row.click();
      await (await page.$$("#cluster-1 tr[data-scenario^='host-dies']"))[0]!.click();
      expect(await page.$$eval("#cluster-1 svg .host.dead", (all) => all.length)).toBe(1);
      await page.click('#cluster-2 tr[data-scenario="primary-down"]');
      expect(await page.$$eval("#cluster-2 svg g.off", (all) => all.length)).toBeGreaterThan(0);
      expect(complaints).toEqual([]);
      await page.close();
    });

    test("is legible in the dark and on paper", async () => {
      const { page } = await openOn("two-hosts", { colorScheme: "dark" });
      const colour = (selector: string, property: "fill" | "stroke"): Promise<string> =>
        page.$eval(selector, (one, name) => getComputedStyle(one)[name as "fill"], property);
      const ink = await colour("svg .bridge text", "fill");
      expect(ink).toBe("rgb(230, 237, 243)");
      expect(await colour("svg .bridge rect", "fill")).toBe("rgb(13, 17, 23)");
      await page.emulateMedia({ media: "print", colorScheme: "light" });
      expect(await colour("svg .bridge text", "fill")).toBe("rgb(0, 0, 0)");
      expect(await colour("svg .bridge rect", "fill")).toBe("rgb(255, 255, 255)");
      await page.close();
    });
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
