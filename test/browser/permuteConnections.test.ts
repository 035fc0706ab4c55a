import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { laptopWindow, launchChromium, phoneWindow } from "./chromium.js";
import { until } from "./until.js";
import { type Visit, visit } from "./visit.js";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function open(query: string, options = laptopWindow): Promise<Visit> {
  const visited = await visit(browser, `${inject("siteUrl")}/permute${query}`, {
    ...options,
    reducedMotion: "reduce",
  });
  await visited.page.locator(".permute-drawing").waitFor();
  return visited;
}

const status = (page: Page) => page.locator(".status-line [role=status]").textContent();
const reads = (page: Page, id: number) =>
  page.locator(`.block-table tr[data-id="${id}"] > :nth-child(5)`).textContent();
const block = (id: number) => `[role=option][data-id="${id}"]`;

async function boxOf(
  page: Page,
  selector: string,
): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`${selector} is not drawn`);
  return box;
}

async function centreOf(page: Page, selector: string): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = await boxOf(page, selector);
  return { x: x + width / 2, y: y + height / 2 };
}

// Block 6 of SpineNet-49 reads 3 and 5.
describe("what a block reads", () => {
  test("is chosen in the drawing by keyboard alone, and stays in the address", async () => {
    const { page, faults, close } = await open("?block=6");
    for (let step = 0; ; step++) {
      if (step > 60) throw new Error("Tab never came to a block of the drawing");
      await page.keyboard.press("Tab");
      if (await page.evaluate<boolean>("document.activeElement?.dataset?.id === '6'")) break;
    }
    await page.keyboard.press("c");
    expect(await status(page)).toContain("First connection of block 6, from block 3.");
    await page.keyboard.press("c");
    expect(await status(page)).toContain("Second connection of block 6, from block 5.");
    await page.keyboard.press("ArrowRight");
    expect(await status(page)).toBe("Block 6 cannot read itself.");
    await page.keyboard.press("Home");
    expect(await status(page)).toBe("Block 6 reads block 0 instead of block 5. Enter connects it.");
    await page.keyboard.press("Enter");
    await page.waitForURL(/-6r30-/);
    await page.keyboard.press("Control+z");
    await page.waitForURL((url) => !url.search.includes("blocks="));
    expect(await reads(page, 6)).toBe("3 down ÷4, 5 down ÷4");
    await page.keyboard.press("Control+Shift+z");
    await page.waitForURL(/-6r30-/);
    // From the controls below Escape leads back to the block that they change.
    await page.getByRole("button", { name: "Move the block to the next coarser level" }).focus();
    await page.keyboard.press("Escape");
    expect(await page.evaluate<string>("document.activeElement.dataset.id")).toBe("6");
    expect(faults).toEqual([]);
    const shared = new URL(page.url()).search;
    await close();
    const again = await open(shared);
    expect(await reads(again.page, 6)).toBe("3 down ÷4, 0 down ÷16");
    await again.close();
  });

  test("is chosen by dragging a handle, the rules said on the way", async () => {
    const { page, close } = await open("?block=6");
    await page.locator(".permute-drawing").scrollIntoViewIfNeeded();
    const handle = await centreOf(page, '.handle[data-place="0"] .reach');
    await page.mouse.move(handle.x, handle.y);
    await page.mouse.down();
    const later = await centreOf(page, block(9));
    await page.mouse.move(later.x, later.y, { steps: 5 });
    expect(await status(page)).toContain("Block 6 cannot read block 9, which is computed after it");
    // Blocks 0 to 4 and the one that it may not read.
    expect(await page.locator(".ring").count()).toBe(6);
    const earlier = await centreOf(page, block(1));
    await page.mouse.move(earlier.x, earlier.y, { steps: 5 });
    expect(await status(page)).toBe("Block 6 reads block 1 instead of block 3.");
    await page.mouse.up();
    await page.waitForURL(/-6r15-/);
    await close();
  });

  test("is chosen on a phone by two taps, or a finger that drags, on targets of 44 pixels", async () => {
    const { page, close } = await open("?block=3", phoneWindow);
    for (const target of ['.handle[data-place="0"] .reach', `${block(0)} .target`]) {
      const { width, height } = await boxOf(page, target);
      // Rounded, since a drawing may stand between two pixels.
      expect(Math.round(Math.min(width, height))).toBeGreaterThanOrEqual(44);
    }
    await page.locator(".permute-drawing").evaluate((drawing) => drawing.scrollIntoView());
    const tap = async (selector: string): Promise<void> => {
      const { x, y } = await centreOf(page, selector);
      await page.touchscreen.tap(x, y);
    };
    await tap('.handle[data-place="1"] .reach');
    expect(await status(page)).toContain(
      "Second connection of block 3, from block 1. Tap the block it should read",
    );
    await tap(block(2));
    await page.waitForURL(/-4r02-/);
    expect(await page.locator("[aria-selected=true]").getAttribute("data-id")).toBe("3");
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", at?: { x: number; y: number }) =>
      session.send("Input.dispatchTouchEvent", { type, touchPoints: at ? [at] : [] });
    const [from, to] = [
      await centreOf(page, '.handle[data-place="0"] .reach'),
      await centreOf(page, block(1)),
    ];
    await touch("touchStart", from);
    for (const share of [0.25, 0.5, 0.75, 1]) {
      await touch("touchMove", { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
    }
    expect(await status(page)).toBe("Block 3 reads block 1 instead of block 0.");
    await touch("touchEnd");
    await page.waitForURL(/-4r12-/);
    await close();
  });

  test("stands out in the drawing and the table together", async () => {
    const { page, close } = await open("");
    await page.locator(".permute-table summary").click();
    await page.locator('.block-table tr[data-id="9"]').hover();
    expect(await page.locator(block(9)).getAttribute("class")).toContain("shown");
    await page.locator(block(4)).hover();
    await until(page, "document.querySelector('.block-table tr.pointed')?.dataset.id === '4'");
    await close();
  });
});
