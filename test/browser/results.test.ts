import { readFile } from "node:fs/promises";
import { csvParse } from "d3";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { laptopWindow, launchChromium, phoneWindow } from "./chromium.js";
import { type Visit, visit } from "./visit.js";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

type Role = "button" | "checkbox" | "combobox" | "link" | "radio" | "searchbox";

/** Presses Tab until something of this role and name has focus, and fails after two hundred. */
async function tabTo({ page }: Visit, role: Role, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: true });
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluateAll((elements) => elements.some((one) => one === document.activeElement)))
      return;
  }
  throw new Error(`Tab does not lead to the ${role} "${name}"`);
}

const query = ({ page }: Visit) => new URL(page.url()).search;
const detection = ({ page }: Visit) => page.locator("figure.results-explorer").first();
const models = (visited: Visit) =>
  detection(visited).locator("tbody tr:not(.results-out) th").allTextContents();

describe("the page on results, by keyboard alone", () => {
  let visited: Visit;
  beforeEach(async () => {
    visited = await visit(browser, `${inject("siteUrl")}/results`, laptopWindow);
  });
  afterEach(() => visited.close());

  test("sorts by a column, says so to readers of screens, and keeps it in the address", async () => {
    await tabTo(visited, "button", "AP50");
    await visited.page.keyboard.press("Enter");
    expect((await models(visited)).slice(0, 2)).toEqual(["SpineNet-190", "SpineNet-143"]);
    const header = detection(visited).getByRole("columnheader", { name: "AP50" });
    expect(await header.getAttribute("aria-sort")).toBe("descending");
    await visited.page.keyboard.press("Enter");
    expect((await models(visited))[0]).toBe("SpineNet-49S");
    expect(query(visited)).toBe("?detection.sort=AP50.ascending");
    expect(visited.faults).toEqual([]);
  });

  test("narrows to a family and words, moves no column, and saves what is left", async () => {
    const { page } = visited;
    const widths = () =>
      detection(visited)
        .locator("thead th")
        .evaluateAll((headers) => headers.map((header) => header.getBoundingClientRect().width));
    const before = await widths();
    await tabTo(visited, "searchbox", "Find in Detection on COCO");
    await page.keyboard.type("101 b");
    expect(await models(visited)).toEqual(["R101-FPN"]);
    expect(await widths()).toEqual(before);
    for (let letter = 0; letter < 5; letter++) await page.keyboard.press("Backspace");
    await tabTo(visited, "combobox", "Family in Detection on COCO");
    await page.keyboard.type("ResNet-FPN");
    await tabTo(visited, "combobox", "Protocol in Detection on COCO");
    await page.keyboard.type("C");
    expect(await models(visited)).toEqual(["R50-FPN"]);
    expect(query(visited)).toBe("?detection.family=ResNet-FPN&detection.protocol=C");
    await tabTo(visited, "link", "Download Detection on COCO as CSV");
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    expect(download.suggestedFilename()).toBe("spinenet-detection.csv");
    const rows = csvParse(await readFile(await download.path(), "utf8"));
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      model: "R50-FPN",
      protocol: "C",
      AP: "42.3",
      source: "arXiv:1912.05027v3, Table 2",
    });
    expect(visited.faults).toEqual([]);
  });

  test("compares rows with the one ticked first, and leads back to the same comparison", async () => {
    const { page } = visited;
    await tabTo(visited, "checkbox", "Compare SpineNet-49S at 640 px, protocol B");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Space");
    const comparison = () => detection(visited).locator(".results-comparison li").allTextContents();
    const said = await comparison();
    // 42.8 − 40.4, 85.4 / 96.8 and 28.5 / 34.0
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("SpineNet-49 at 640 px, protocol B: AP +2.4 points, ");
    expect(said[0]).toContain(" Multiply-adds 0.882 times, Parameters 0.838 times, ");
    expect(query(visited)).toBe("?detection.rows=r50-fpn-640-b.spinenet-49-640-b");
    await page.reload();
    await detection(visited).waitFor();
    expect(await comparison()).toEqual(said);
    expect(visited.faults).toEqual([]);
  });

  test("draws AP against parameters, and lights up the row of the point that has focus", async () => {
    const { page } = visited;
    await tabTo(visited, "radio", "multiply-adds");
    await page.keyboard.press("ArrowRight");
    expect(query(visited)).toBe("?axis=parameters");
    expect(await page.locator(".ap-scatter title").textContent()).toContain("against parameters");
    await page.keyboard.press("Tab");
    expect(await page.locator(".ap-scatter :focus").getAttribute("data-id")).toBe("spinenet-49s-640-b");
    expect(await detection(visited).locator(".results-lit th").allTextContents()).toEqual(["SpineNet-49S"]);
    await tabTo(visited, "checkbox", /^Compare SpineNet-49S/);
    expect(await page.locator(".ap-scatter .lit").getAttribute("data-id")).toBe("spinenet-49s-640-b");
    expect(visited.faults).toEqual([]);
  });

  test("goes back from a section to the view that was left there", async () => {
    const { page } = visited;
    await tabTo(visited, "link", "Mobile");
    await page.keyboard.press("Enter");
    expect(new URL(page.url()).hash).toBe("#mobile");
    await tabTo(visited, "button", "AP");
    await page.keyboard.press("Enter");
    expect(query(visited)).toBe("?mobile.sort=AP.descending");
    await page.goBack();
    expect(query(visited)).toBe("");
    expect(await page.locator("[aria-sort=descending]").count()).toBe(0);
    await page.goForward();
    expect(await page.locator("[aria-sort=descending]").count()).toBe(1);
    expect(visited.faults).toEqual([]);
  });
});

test("the page on results lights up by pointer what it lights up by keyboard", async () => {
  const visited = await visit(browser, `${inject("siteUrl")}/results`, laptopWindow);
  const { page } = visited;
  await page.locator("[data-id='r101-fpn-1024-b']").hover();
  expect(await detection(visited).locator(".results-lit th").allTextContents()).toEqual(["R101-FPN"]);
  await detection(visited).getByRole("rowheader", { name: "SpineNet-190" }).hover();
  expect(await page.locator(".ap-scatter .lit").getAttribute("data-id")).toBe("spinenet-190-1280-c");
  await visited.close();
});

test("the page on results says of an address that means nothing what is shown instead", async () => {
  const visited = await visit(browser, `${inject("siteUrl")}/results?axis=time`, laptopWindow);
  expect(await visited.page.getByRole("alert").textContent()).toContain(
    "it should be multiply-adds or parameters",
  );
  await visited.close();
});

test.each([
  ["a laptop", laptopWindow],
  ["a phone", phoneWindow],
])("the page on results keeps its first heading in place on %s while its numbers come", async (_, window) => {
  const context = await browser.newContext(window);
  const page = await context.newPage();
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/\/data\/results\..*json$/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(`${inject("siteUrl")}/results`);
  await page.evaluate("document.fonts.ready");
  const place = () =>
    page.evaluate<number>("document.getElementById('detection').getBoundingClientRect().top");
  const before = await place();
  release();
  await page.locator("figure.results-explorer").first().waitFor();
  expect(Math.round(await place())).toBe(Math.round(before));
  await context.close();
});

test("the page on results says on a phone which tables are wider than it, and scrolls them alone", async () => {
  const visited = await visit(browser, `${inject("siteUrl")}/results`, phoneWindow);
  const { page } = visited;
  await page.getByRole("radio", { name: "parameters" }).tap();
  await page.getByRole("checkbox", { name: "Compare SpineNet-49 at 640 px, protocol B", exact: true }).tap();
  expect(query(visited)).toBe("?axis=parameters&detection.rows=spinenet-49-640-b");
  expect(await detection(visited).locator(".results-hint").isVisible()).toBe(true);
  expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBe(390);
  expect(visited.faults).toEqual([]);
  await visited.close();
});
