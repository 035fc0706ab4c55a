import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { laptopWindow, launchChromium, phoneWindow } from "./chromium.js";
import { until } from "./until.js";
import { type Visit, visit } from "./visit.js";

let browser: Browser;
let visited: Visit;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
});
beforeEach(async () => {
  visited = await visit(browser, `${inject("siteUrl")}/evaluate`, laptopWindow);
  page = visited.page;
});
afterEach(async () => {
  expect(visited.faults).toEqual([]);
  await visited.close();
});
afterAll(() => browser.close());

const average = async (of = page) => (await of.locator(".precision-recall > text").textContent())!;
const rowsOf = (of = page) =>
  of
    .locator(".ranking-table tbody tr")
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent).join(" ")));
const example = (name: string) => page.getByRole("group", { name: "Examples" }).getByRole("button", { name });
const query = (part: string) =>
  until(page, `location.search.includes(${JSON.stringify(part)})`).then(() => page.url());

describe("by the keyboard alone", () => {
  test("a box is chosen, moved, resized, scored and removed, and everything follows", async () => {
    await example("A duplicate").focus();
    await page.keyboard.press("Enter");
    // Right, wrong, six times right: precision 1 at the recalls up to 1/7, which are 15, then 7/8 at the 86 others.
    expect(await average()).toBe("AP at IoU 0.50 = 0.894");
    const duplicate = page.locator("[data-box='detection-7']");
    await duplicate.focus();
    expect(await duplicate.getAttribute("aria-label")).toMatch(
      /^Detection 2, score 0.93: wrong, C again; 1 has it/,
    );
    // Off the ship: nothing has to change, for wrong it stays.
    for (let i = 0; i < 30; i++) await page.keyboard.press("ArrowUp");
    for (let i = 0; i < 25; i++) await page.keyboard.press("Shift+ArrowLeft");
    expect(await duplicate.getAttribute("aria-label")).toMatch(
      /30 from the left, 0 from the top, 200 by 160 pixels, in Ship/,
    );
    // Behind the last right one it costs nothing.
    for (let i = 0; i < 10; i++) await page.keyboard.press("PageDown");
    expect((await rowsOf()).at(-1)).toMatch(/^8 0.43 Ship/);
    expect(await average()).toBe("AP at IoU 0.50 = 1.000");
    expect(await page.locator(".ap-workbench [role=status]").textContent()).toContain(
      "AP at this IoU: 1.000",
    );
    await page.keyboard.press("Delete");
    expect(await rowsOf()).toHaveLength(7);
    await page.keyboard.press("n");
    expect(await rowsOf()).toHaveLength(8);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    expect(await rowsOf()).toHaveLength(8);
    expect(await average()).toBe("AP at IoU 0.50 = 1.000");
  });

  test("the ranking is walked through in the table, and the example shows where one is", async () => {
    await page.locator(".ranking-table tbody tr").first().focus();
    await page.keyboard.press("ArrowDown");
    const pointed = page.locator(".example-box.pointed");
    expect(await pointed.getAttribute("aria-label")).toMatch(/^Detection 2,/);
    expect(await page.locator(".curve-point.pointed").getAttribute("aria-label")).toMatch(/^2: ✓ right/);
    await page.keyboard.press("End");
    expect(await pointed.getAttribute("aria-label")).toMatch(/^Detection 8,/);
  });

  test("the curve grows with the slider", async () => {
    const slider = page.locator(".curve-steps input");
    await slider.focus();
    await page.keyboard.press("Home");
    expect(await average()).toBe("AP at IoU 0.50 = 0.000");
    for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
    expect(await page.locator(".curve-sentence").textContent()).toContain("3 right, 1 wrong");
    expect(await page.locator(".curve-point:not(.later)").count()).toBe(4);
    await query("step=4");
  });

  test("the IoU threshold turns right boxes wrong", async () => {
    await example("Loose boxes").focus();
    await page.keyboard.press("Enter");
    expect(await average()).toBe("AP at IoU 0.50 = 1.000");
    await page.locator(".ap-threshold input").focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
    expect(await average()).toBe("AP at IoU 0.75 = 0.000");
    expect((await rowsOf())[0]).toContain("✗ wrong");
  });
});

test("a mouse drags a box, draws a new one, and undoes each at once", async () => {
  const picture = page.locator(".example-image > svg").nth(1);
  await picture.scrollIntoViewIfNeeded();
  const { x, y, width } = (await picture.boundingBox())!;
  const drag = async (from: readonly [number, number], to: readonly [number, number]) => {
    const at = ([across, down]: readonly [number, number]) =>
      [x + (across * width) / 400, y + (down * width) / 400] as const;
    await page.mouse.move(...at(from));
    await page.mouse.down();
    await page.mouse.move(...at(to), { steps: 6 });
    await page.mouse.up();
  };
  const before = await rowsOf();
  // The house that was taken for a boat, which is no larger than 30 by 90.
  await drag([385, 150], [345, 60]);
  expect(await page.locator("[data-box='detection-3']").getAttribute("aria-label")).toMatch(
    /330 from the left, 14 from the top, 30 by 90 pixels/,
  );
  await drag([120, 20], [60, 80]);
  expect(await rowsOf()).toHaveLength(before.length + 1);
  expect(await page.locator("[data-box='detection-16']").getAttribute("aria-label")).toMatch(
    /60 from the left, 20 from the top, 60 by 60 pixels/,
  );
  const undo = page.getByRole("button", { name: "Undo" });
  await undo.click();
  await undo.click();
  expect(await rowsOf()).toEqual(before);
  expect(await undo.getAttribute("aria-disabled")).toBe("true");
});

test("the address says the example: a reload and another reader see the same", async () => {
  await page.locator("[data-box='detection-0']").focus();
  await page.keyboard.press("Delete");
  await page.locator(".ap-controls select").last().selectOption("2");
  const address = await query("limit=2");
  const rows = await rowsOf();
  const number = await average();
  await page.reload();
  await page.locator(".ap-workbench").waitFor();
  expect(await rowsOf()).toEqual(rows);
  expect(await average()).toBe(number);
  await page.goto(`${inject("siteUrl")}/404`);
  await page.goBack();
  await page.locator(".ap-workbench").waitFor();
  expect(await rowsOf()).toEqual(rows);
  const other = await visit(browser, address, laptopWindow);
  expect(await rowsOf(other.page)).toEqual(rows);
  await other.close();
});

test("an address that cannot be read gets a sentence and the first example", async () => {
  const rows = await rowsOf();
  const broken = await visit(browser, `${inject("siteUrl")}/evaluate?boxes=1-xyz&iou=0.51`, laptopWindow);
  const problem = await broken.page.locator(".ap-problem").textContent();
  expect(problem).toContain("The page's address says boxes=1-xyz; it should be as this page writes it");
  expect(problem).toContain("iou=0.51");
  expect(await rowsOf(broken.page)).toEqual(rows);
  await broken.close();
});

test("a finger chooses a box by a tap and drags it then; the page holds still where its figures come", async () => {
  const phone = await visit(browser, `${inject("siteUrl")}/evaluate`, phoneWindow);
  const moved = await phone.page.evaluate<number>(
    `new Promise((done) => new PerformanceObserver((list) =>
      done(list.getEntries().reduce((sum, { value }) => sum + value, 0))
    ).observe({ type: "layout-shift", buffered: true }) ?? setTimeout(() => done(0), 500))`,
  );
  expect(moved).toBeLessThan(0.1);
  const picture = phone.page.locator(".example-image.front > svg");
  await picture.scrollIntoViewIfNeeded();
  const box = (await picture.boundingBox())!;
  // The boat A, at (273, 203) and 116 by 36.
  await phone.page.touchscreen.tap(box.x + (330 * box.width) / 400, box.y + (222 * box.width) / 400);
  expect(await phone.page.locator(".box-name").textContent()).toContain("Boat A: found by 3");
  expect(await phone.page.locator(".grip .hold").count()).toBe(1);
  await phone.close();
});
