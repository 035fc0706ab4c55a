import { gzipSync } from "node:zlib";
import type { Browser, BrowserContextOptions, Page, Response } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { complaints } from "./axe.js";
import { laptopWindow, launchChromium, phoneWindow } from "./chromium.js";
import { shiftsOf, watchShifts } from "./layoutShifts.js";
import { sitePages } from "./pages.js";
import { until } from "./until.js";
import { type Visit, visit } from "./visit.js";

const smallLaptopWindow: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };
const running = "document.querySelector('.network-pair-player')?.getAnimations({ subtree: true }).length";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const isScript = (response: Response): boolean =>
  response.request().resourceType() === "script" ||
  /javascript/.test(response.headers()["content-type"] ?? "");

test("the first page asks for at most 250 kB of compressed script, and for no tensor library", async () => {
  const context = await browser.newContext(laptopWindow);
  const page = await context.newPage();
  const scripts: Response[] = [];
  page.on("response", (response) => {
    if (isScript(response)) scripts.push(response);
  });
  await page.goto(`${inject("siteUrl")}/`, { waitUntil: "networkidle" });
  const bodies = await Promise.all(
    scripts.map(async (script) => ({ url: script.url(), body: await script.body() })),
  );
  await context.close();
  const compressed = bodies.reduce((sum, { body }) => sum + gzipSync(body, { level: 9 }).length, 0);
  console.log(`The first page asks for ${bodies.length} scripts, ${compressed} bytes by gzip at level 9.`);
  expect(bodies.length).toBeGreaterThan(0);
  expect(compressed).toBeLessThanOrEqual(250_000);
  expect(
    bodies
      .filter(({ url, body }) => /tfjs|tensorflow/i.test(url) || /tfjs/i.test(body.toString()))
      .map(({ url }) => url),
  ).toEqual([]);
});

describe.each([
  ["a small laptop", smallLaptopWindow],
  ["a phone", phoneWindow],
])("on %s", (_, window) => {
  test.each(sitePages())(
    "what stands on %s moves hardly at all while it loads, even if its faces come late",
    async (path) => {
      const context = await browser.newContext(window);
      const page = await context.newPage();
      await watchShifts(page);
      // Faces that come late, as over a slow line.
      await page.route("**/*.woff2", async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 1000));
        await route.continue();
      });
      await page.goto(inject("siteUrl") + path, { waitUntil: "networkidle" });
      await until(page, "document.querySelector('observablehq-loading') === null");
      await page.evaluate("document.fonts.ready");
      const shifts = await shiftsOf(page);
      await context.close();
      console.log(`${path} at ${window.viewport?.width} px: cumulative layout shift ${shifts.toFixed(4)}.`);
      expect(shifts).toBeLessThan(0.02);
    },
  );

  test("claim and both networks are in sight without scrolling", async () => {
    const visited = await visit(browser, `${inject("siteUrl")}/`, window);
    for (const seen of [
      "h1",
      ".network-pair > div:nth-child(1) > svg",
      ".network-pair > div:nth-child(2) > svg",
    ]) {
      const box = (await visited.page.locator(seen).boundingBox())!;
      expect(box.y).toBeGreaterThan(0);
      expect(box.y + box.height).toBeLessThanOrEqual(window.viewport!.height);
    }
    await visited.close();
  });
});

/** Presses Tab until a link or button of this name has focus, and fails after a hundred. */
async function tabTo(page: Page, role: "link" | "button", name: string): Promise<void> {
  const wanted = page.getByRole("main").getByRole(role, { name, exact: true });
  for (let presses = 0; presses < 100; presses++) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not lead to the ${role} "${name}"`);
}

describe("the first page, by keyboard alone", () => {
  let visited: Visit;
  beforeEach(async () => {
    visited = await visit(browser, `${inject("siteUrl")}/`, smallLaptopWindow);
  });
  afterEach(() => visited.close());

  test("computes once, rests, and computes again when asked to", async () => {
    const { page } = visited;
    await page.addInitScript(
      "window.begun = 0; addEventListener('animationstart', () => { window.begun += 1; });",
    );
    await page.reload();
    // For 20 frames: a drawing made anew at another width is without its animations for a moment.
    const rests = async () => {
      await page.evaluate("window.still = 0");
      await until(page, `window.begun > 0 && (window.still = ${running} === 0 ? window.still + 1 : 0) > 20`);
    };
    await rests();
    // It has not begun anew by itself.
    await page.waitForTimeout(500);
    expect(await page.evaluate<number>(running)).toBe(0);
    const once = await page.evaluate<number>("window.begun");
    await tabTo(page, "button", "Play again");
    await page.keyboard.press("Enter");
    await until(page, `window.begun > ${once}`);
    await rests();
    expect(visited.faults).toEqual([]);
  });

  test("shows the source of a number that has focus, and of no other", async () => {
    const { page } = visited;
    const first = (await page.locator(".results-headlines a").first().textContent())!;
    await tabTo(page, "link", first);
    await until(
      page,
      "getComputedStyle(document.querySelector('.results-headlines li:focus-within .results-sources')).opacity === '1'",
    );
    const shown = await page.evaluate<(string | null)[]>(
      "[...document.querySelectorAll('.results-sources')].filter((source) => getComputedStyle(source).opacity !== '0').map((source) => source.textContent)",
    );
    expect(shown).toEqual(["arXiv:1912.05027v3, Table 2"]);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/results#detection");
  });

  test("leads through each of its three doors, to pages that are there", async () => {
    const { page } = visited;
    const addresses = await page
      .locator(".doors a")
      .evaluateAll((links) =>
        links.map((link) => new URL(link.getAttribute("href") ?? "", document.baseURI).href),
      );
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of addresses) expect((await page.request.get(address)).status()).toBe(200);
    for (const [name, path] of [
      ["Permute", "/permute"],
      ["Results", "/results"],
      ["Live", "/live"],
    ] as const) {
      await tabTo(page, "link", name);
      await page.keyboard.press("Enter");
      await page.waitForURL(`**${path}`);
      await page.goBack();
      await page.locator(".network-pair").waitFor();
    }
  });
});

test("where less motion is asked for, both networks are simply there", async () => {
  const visited = await visit(browser, `${inject("siteUrl")}/`, { ...laptopWindow, reducedMotion: "reduce" });
  const { page } = visited;
  expect(await page.locator(".network-pair .block").count()).toBeGreaterThan(0);
  expect(await page.evaluate<number>(running)).toBe(0);
  expect(await page.getByRole("button", { name: "Play again" }).count()).toBe(0);
  await visited.close();
});

test("on a phone the pages open and close by keyboard, the present one marked", async () => {
  const visited = await visit(browser, `${inject("siteUrl")}/scale`, phoneWindow);
  const { page } = visited;
  const pages = page.getByRole("navigation", { name: "Pages" });
  expect(await pages.isVisible()).toBe(false);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await pages.isVisible()).toBe(true);
  expect(await pages.locator("[aria-current=page]").textContent()).toBe("Scale");
  expect(await complaints(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await complaints(page)).toEqual([]);
  await page.keyboard.press("Escape");
  expect(await pages.isVisible()).toBe(false);
  expect(await page.evaluate<string>("document.activeElement.textContent")).toBe("Pages");
  await visited.close();
});
