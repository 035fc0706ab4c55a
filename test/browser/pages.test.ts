import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { complaints } from "./axe.js";
import { laptopWindow, launchChromium, phoneWindow } from "./chromium.js";
import { sitePages } from "./pages.js";
import { type Visit, visit } from "./visit.js";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe.each(sitePages())("the page %s", (path) => {
  let visited: Visit;
  beforeAll(async () => {
    visited = await visit(browser, inject("siteUrl") + path, { ...laptopWindow, colorScheme: "light" });
  });
  afterAll(() => visited.close());

  test("loads with no error and asks no other host", () => {
    expect(visited.faults).toEqual([]);
  });

  test("states its language, a title of its own, a description and one main heading", async () => {
    const { page } = visited;
    expect(await page.locator("html").getAttribute("lang")).toBe("en");
    expect(await page.title()).toMatch(/\S \| SpineNet, explained, measured, live$/);
    expect(await page.locator("meta[name=description]").getAttribute("content")).toMatch(/\w{3}/);
    expect(await page.locator("h1").count()).toBe(1);
  });

  test("shows axe nothing to complain of in light and in dark", async () => {
    const { page } = visited;
    expect(await complaints(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await complaints(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "light" });
  });

  test("is set in its own faces", async () => {
    const faces =
      "[...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family)";
    await visited.page.evaluate("document.fonts.ready");
    const loaded = await visited.page.evaluate<string[]>(faces);
    expect(loaded.map((family) => family.replaceAll('"', ""))).toEqual(
      expect.arrayContaining(["Source Serif 4 Variable", "Source Sans 3 Variable"]),
    );
  });

  test("fits a phone 390 pixels wide", async () => {
    const onPhone = await visit(browser, inject("siteUrl") + path, phoneWindow);
    const width = await onPhone.page.evaluate<number>("document.documentElement.scrollWidth");
    const { faults } = onPhone;
    await onPhone.close();
    expect(width).toBe(390);
    expect(faults).toEqual([]);
  });
});

test("an address that nothing is published at answers 404 with a page that leads back", async () => {
  const context = await browser.newContext(laptopWindow);
  const page = await context.newPage();
  const response = await page.goto(`${inject("siteUrl")}/no/such/page`);
  expect(response?.status()).toBe(404);
  await page.getByRole("main").getByRole("link", { name: "overview" }).click();
  expect(new URL(page.url()).pathname).toBe("/");
  await context.close();
});

test("pages are isolated from other origins, so that they may share memory between threads", async () => {
  const visited = await visit(browser, `${inject("siteUrl")}/`, laptopWindow);
  expect(await visited.page.evaluate<boolean>("crossOriginIsolated")).toBe(true);
  await visited.close();
});
