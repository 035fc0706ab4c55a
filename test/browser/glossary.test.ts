import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { laptopWindow, launchChromium, phoneWindow } from "./chromium.js";
import { sitePages } from "./pages.js";
import { until } from "./until.js";
import { visit } from "./visit.js";

const axeScript = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const open = (path: string, options = laptopWindow) => visit(browser, `${inject("siteUrl")}${path}`, options);
const card = (page: Page) => page.locator(".term-card:popover-open");

/** Presses Tab until what is wanted has focus, and fails after a hundred and fifty. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error("Tab does not lead there");
}

describe("a term’s card", () => {
  test("opens and closes by keyboard, with the words that the glossary has", async () => {
    const { page, faults, close } = await open("/resample");
    const term = page.locator('a.term[href$="#bottleneck"]');
    await tabTo(page, term);
    const text = await card(page).textContent();
    expect(text).toMatch(/^Bottleneck\. A block whose 3×3 convolution/);
    expect(await term.getAttribute("aria-describedby")).toBe(await card(page).getAttribute("id"));
    await page.keyboard.press("Escape");
    expect(await card(page).count()).toBe(0);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    expect(await card(page).count()).toBe(1);
    await page.keyboard.press("Tab");
    expect(await card(page).textContent()).not.toBe(text);
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/glossary#bottleneck$/);
    const definition = await page.locator("h3#bottleneck + p").textContent();
    expect(text).toBe(`Bottleneck. ${definition}`);
    expect(faults).toEqual([]);
    await close();
  });

  test("opens under a pointer, stays while the pointer is on it, and goes when it leaves", async () => {
    const { page, close } = await open("/resample");
    await page.locator('a.term[href$="#stride"]').hover();
    await card(page).waitFor();
    await card(page).hover();
    // Longer than it takes to go once the pointer has left.
    await page.waitForTimeout(1000);
    expect(await card(page).textContent()).toMatch(/^Stride\./);
    await page.mouse.move(5, 5);
    await card(page).waitFor({ state: "hidden" });
    await close();
  });

  test("opens by a first tap, within the window, and leads to the glossary by a second", async () => {
    const { page, close } = await open("/search", phoneWindow);
    const terms = page.locator("a.term");
    for (let index = 0; index < (await terms.count()); index++) {
      await terms.nth(index).tap();
      const box = await card(page).boundingBox();
      expect([index, box !== null && box.x >= 0 && box.x + box.width <= 390]).toEqual([index, true]);
      await page.keyboard.press("Escape");
    }
    expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(390);
    await terms.first().tap();
    await page.getByRole("heading", { level: 1 }).tap();
    expect(await card(page).count()).toBe(0);
    await terms.first().tap();
    expect(new URL(page.url()).pathname).toBe("/search");
    await terms.first().tap();
    await page.waitForURL(/\/glossary#controller$/);
    await close();
  });

  test("shows axe nothing to complain of while it is open", async () => {
    const { page, close } = await open("/evaluate");
    await page.evaluate(axeScript);
    await tabTo(page, page.locator("a.term").first());
    expect(await card(page).count()).toBe(1);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await page.evaluate<AxeResults>(
        `axe.run(document, { resultTypes: ["violations"] })`,
      );
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
    await close();
  });
});

test("terms are links to the glossary’s headings, without JavaScript too", async () => {
  const context = await browser.newContext({ ...laptopWindow, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${inject("siteUrl")}/glossary`);
  const anchors = await page.locator("h3").evaluateAll((headings) => headings.map(({ id }) => id));
  const linked: string[] = [];
  for (const path of sitePages()) {
    await page.goto(inject("siteUrl") + path);
    expect(
      await page.locator(".term-card").evaluateAll((cards) => cards.some((one) => one.checkVisibility())),
    ).toBe(false);
    const terms = page.locator("a.term");
    linked.push(
      ...(await terms.evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""))),
    );
  }
  expect(linked.length).toBeGreaterThan(20);
  expect(linked.filter((href) => !anchors.includes(href.replace(/^.*#/, "")))).toEqual([]);
  await page.goto(`${inject("siteUrl")}/scale`);
  await page.locator("a.term").first().click();
  await page.waitForURL(/\/glossary#block$/);
  await context.close();
});

/** A word that each page has, the part of its figure that is lit by it, and a part by the keyboard that lights it. */
const words = [
  { path: "/scale", word: "resampling", lit: '.cell[data-id="resampling"]', other: '.cell[data-id="head"]' },
  { path: "/search", word: "paths", lit: 'svg[data-measure="paths"]', other: 'svg[data-measure="reach"]' },
  {
    path: "/resample",
    word: "down",
    lit: '.edge-steps [data-step="down"]',
    other: '.edge-steps [data-step="pool"]',
  },
] as const;

describe.each(words)("on $path a word of the text", ({ path, word, lit, other }) => {
  test("lights up its part of the figure by keyboard, and brings it into view", async () => {
    const { page, faults, close } = await open(path);
    await page.locator(lit).first().waitFor();
    const button = page.locator(`button[data-shows="${word}"]`).first();
    await tabTo(page, button);
    const isLit = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => element.classList.contains("lit"));
    expect([await isLit(lit), await isLit(other)]).toEqual([true, false]);
    await page.keyboard.press("Enter");
    await until(
      page,
      `(() => {
      const { top, bottom } = document.querySelector(".lit").getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    })()`,
    );
    await page.keyboard.press("Shift+Tab");
    expect(await isLit(lit)).toBe(false);
    expect(faults).toEqual([]);
    await close();
  });

  test("lights up when its part is pointed at", async () => {
    const { page, close } = await open(path);
    await page.locator(lit).first().hover();
    const classes = await page
      .locator("button[data-shows].lit")
      .evaluateAll((buttons) => buttons.map((button) => button.getAttribute("data-shows")));
    expect(new Set(classes)).toEqual(new Set([word]));
    await close();
  });
});

test("on /permute a word and a block of the drawing light up each other by keyboard", async () => {
  const { page, close } = await open("/permute");
  const word = page.locator('button[data-shows="residual"]');
  const drawing = page.locator(".permute-drawing");
  const block = drawing.locator(".blocks > .residual").first();
  await block.focus();
  expect(await word.getAttribute("class")).toBe("shows lit");
  await tabTo(page, word);
  expect(await word.getAttribute("class")).toBe("shows");
  expect(await drawing.getAttribute("data-shows")).toBe("residual");
  await close();
});

test("a level’s name in a text has its hue beside it", async () => {
  const { page, close } = await open("/scale");
  const [mark, hue] = await page.evaluate<[string, string]>(`(() => {
    const name = [...document.querySelectorAll(".level-name")].find(({ textContent }) => textContent === "level 3");
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = "var(--level-3)";
    return [getComputedStyle(name, "::before").backgroundColor, getComputedStyle(probe).color];
  })()`);
  expect(mark).toBe(hue);
  await close();
});
