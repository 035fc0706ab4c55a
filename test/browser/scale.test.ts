import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { laptopWindow, launchChromium, phoneWindow } from "./chromium.js";
import { until } from "./until.js";
import { type Visit, visit } from "./visit.js";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

type Role = "combobox" | "radio" | "treeitem";

/** Presses Tab until something of this role and name has focus, and fails after a hundred and fifty. */
async function tabTo({ page }: Visit, role: Role, name: RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name }).first();
  for (let presses = 0; presses < 150; presses++) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not lead to the ${role} ${name}`);
}

const query = ({ page }: Visit) => decodeURIComponent(new URL(page.url()).search);
const way = ({ page }: Visit) => page.locator(".icicle nav li").allTextContents();
const focused = ({ page }: Visit) => page.locator(":focus").getAttribute("data-id");

describe("the page on scale, by keyboard alone", () => {
  let visited: Visit;
  beforeEach(async () => {
    visited = await visit(browser, `${inject("siteUrl")}/scale`, laptopWindow);
    await visited.page.locator(".icicle .cell").first().waitFor();
  });
  afterEach(() => visited.close());

  test("opens the icicle down to a single layer, leads back, and to the same place again", async () => {
    const { page } = visited;
    await tabTo(visited, "treeitem", /^Stem/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    expect(await way(visited)).toEqual(["SpineNet-49", "Blocks", "Block 16"]);
    expect(await focused(visited)).toBe("block16/conv1");
    expect(query(visited)).toBe("?open=blocks/16");
    expect(await page.locator(".icicle-detail").textContent()).toMatch(/^conv1, level 6, 1×1 convolution/);
    const table = await page.locator(".icicle-table").textContent();
    await page.reload();
    await page.locator(".icicle .cell").first().waitFor();
    expect(await page.locator(".icicle-table").textContent()).toBe(table);
    await tabTo(visited, "treeitem", /^conv1/);
    await page.keyboard.press("Escape");
    expect(await focused(visited)).toBe("blocks/16");
    await page.keyboard.press("Backspace");
    expect(await focused(visited)).toBe("blocks");
    expect(query(visited)).toBe("");
    expect(visited.faults).toEqual([]);
  });

  test("takes another network and another measure, and keeps both in the address", async () => {
    const { page } = visited;
    await tabTo(visited, "combobox", /Network/);
    await page.keyboard.type("ResNet-50-FPN");
    await until(page, "document.querySelector('.icicle nav').textContent === 'ResNet-50-FPN'");
    expect(query(visited)).toBe("?model=resnet-50-fpn");
    await tabTo(visited, "radio", /multiply-adds/);
    await page.keyboard.press("ArrowRight");
    expect(query(visited)).toBe("?model=resnet-50-fpn&by=parameters");
    expect(await page.getByRole("treeitem", { name: /^Feature pyramid/ }).count()).toBe(1);
    expect(visited.faults).toEqual([]);
  });
});

test("the page on scale says of an address that means nothing what is shown instead", async () => {
  const visited = await visit(browser, `${inject("siteUrl")}/scale?open=blocks/99&by=time`, laptopWindow);
  const { page } = visited;
  await page.locator(".icicle .cell").first().waitFor();
  expect(await page.getByRole("alert").textContent()).toContain("it should be multiply-adds or parameters");
  expect(await page.getByText("SpineNet-49 has no part “blocks/99”").count()).toBe(1);
  await visited.close();
});

test("the page on scale opens by touch on a phone, without a sideways scroll", async () => {
  const visited = await visit(browser, `${inject("siteUrl")}/scale`, phoneWindow);
  const { page } = visited;
  await page.getByRole("treeitem", { name: /^Head/ }).tap();
  expect(await way(visited)).toEqual(["SpineNet-49", "Head"]);
  await page.getByRole("button", { name: "Open Boxes" }).tap();
  expect(await way(visited)).toEqual(["SpineNet-49", "Head", "Boxes"]);
  const [across, window] = await page.evaluate<[number, number]>(
    "[document.documentElement.scrollWidth, innerWidth]",
  );
  expect(across).toBeLessThanOrEqual(window);
  await visited.close();
});
