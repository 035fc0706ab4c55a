import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { modelByName } from "../../src/architecture/families/modelByName.js";
import { parseModel } from "../../src/architecture/model/parseModel.js";
import { laptopWindow, launchChromium, phoneWindow } from "./chromium.js";
import { until } from "./until.js";
import { type Visit, visit } from "./visit.js";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function open(query = "", options = laptopWindow): Promise<Visit> {
  const visited = await visit(browser, `${inject("siteUrl")}/permute${query}`, {
    ...options,
    reducedMotion: "reduce",
  });
  await visited.page.locator(".permute-drawing").waitFor();
  return visited;
}

const status = (page: Page) => page.locator(".status-line [role=status]").textContent();
const row = (page: Page, id: number) =>
  page.locator(`.block-table tr[data-id="${id}"] > *`).allTextContents();
const focused = (page: Page) => page.evaluate<string | undefined>("document.activeElement?.dataset.id");

/** Tab, until a block of the drawing has focus. */
async function tabToDrawing(page: Page): Promise<void> {
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate<boolean>("document.activeElement?.getAttribute('role') === 'option'")) return;
  }
  throw new Error("Tab never came to a block of the drawing");
}

describe("the instrument", () => {
  test("is worked by keyboard alone: walk, lift, move, be refused, take the offer, put down, undo", async () => {
    const { page, faults, close } = await open();
    await tabToDrawing(page);
    for (let step = 0; step < 4; step++) await page.keyboard.press("ArrowRight");
    expect(await focused(page)).toBe("4");
    await page.keyboard.press("Enter");
    expect(await status(page)).toContain("Block 4 is lifted");
    await page.keyboard.press("ArrowUp");
    expect((await row(page, 4))[1]).toBe("L4");
    await page.keyboard.press("ArrowLeft");
    expect(await status(page)).toBe(
      "Block 4 reads block 3, so it cannot be computed before it: what a block reads comes earlier.",
    );
    await page.keyboard.press("Tab");
    expect(await page.evaluate<string>("document.activeElement.textContent")).toContain(
      "read the nearest earlier block",
    );
    await page.keyboard.press("Enter");
    expect(await focused(page)).toBe("3");
    await page.keyboard.press("Enter");
    await page.waitForURL(/blocks=/);
    const shared = page.url();
    expect((await row(page, 3)).slice(1, 3)).toEqual(["L4", "bottleneck"]);
    await page.keyboard.press("Control+z");
    await page.waitForURL((url) => !url.search.includes("blocks="));
    await page.keyboard.press("Control+Shift+z");
    await page.waitForURL(/blocks=/);
    expect(page.url()).toBe(shared);
    expect(faults).toEqual([]);
    await close();

    const again = await open(new URL(shared).search);
    expect((await row(again.page, 3)).slice(1, 3)).toEqual(["L4", "bottleneck"]);
    expect(await again.page.locator("[aria-selected=true]").getAttribute("data-id")).toBe("3");
    await again.close();
  });

  test("lets a pointer drag a block, and says what that costs while it is held", async () => {
    const { page, close } = await open();
    const drawing = page.locator(".permute-drawing");
    await drawing.scrollIntoViewIfNeeded();
    const centre = async (id: number): Promise<{ x: number; y: number }> => {
      const box = await page.locator(`[role=option][data-id="${id}"]`).boundingBox();
      if (!box) throw new Error(`block ${id} is not drawn`);
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    const [from, left, above] = [await centre(3), await centre(2), await centre(6)];
    const cost = page.locator(".cost-panel tbody tr").nth(1).locator("td").first();
    const before = await cost.textContent();
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(left.x, above.y, { steps: 8 });
    await until(
      page,
      "document.querySelector('.status-line [role=status]').textContent.includes('is now block 2')",
    );
    expect(await cost.textContent()).not.toBe(before);
    await page.mouse.up();
    await page.waitForURL(/blocks=1\.2b2b\.6r01-2b01/);
    await close();
  });

  test("is worked on a phone by choosing a block and pressing buttons", async () => {
    const { page, close } = await open("", phoneWindow);
    await page.locator('[role=option][data-id="3"]').tap();
    await page.getByRole("button", { name: "Move the block to the next coarser level" }).tap();
    await page.waitForURL(/blocks=1\.2b2b\.2b01-5r01/);
    await page.getByRole("button", { name: "Move the block later" }).tap();
    expect(await status(page)).toContain("Block 4 reads block 3");
    expect(await page.locator(".status-line").isVisible()).toBe(true);
    await close();
  });

  test("saves a model JSON that the command line's rules accept, and a drawing", async () => {
    const { page, close } = await open("?model=r0-sp53");
    const saved = async (name: string): Promise<string> => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name }).click(),
      ]);
      return readFile(await download.path(), "utf8");
    };
    const json = await saved("Save the network as model JSON");
    expect(parseModel(JSON.parse(json), "r0-sp53.json")).toEqual(modelByName("r0-sp53"));
    expect(await saved("Save the drawing as SVG")).toMatch(/^<\?xml[\s\S]*<svg xmlns/);
    expect((await saved("Save the drawing as PNG")).slice(1, 4)).toBe("PNG");
    await close();
  });

  test("stands where the block diagrams were: the old address leads here, its query kept", async () => {
    const context = await browser.newContext(laptopWindow);
    const page = await context.newPage();
    await page.goto(`${inject("siteUrl")}/architecture?model=r0-sp53`);
    await page.waitForURL(/\/permute\?model=r0-sp53$/);
    await page.locator(".permute-drawing").waitFor();
    expect(await page.locator(".presets button[aria-pressed=true]").textContent()).toBe("R0-SP53");
    await context.close();
  });
});
