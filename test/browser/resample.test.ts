import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { laptopWindow, launchChromium } from "./chromium.js";
import { until } from "./until.js";
import { type Visit, visit } from "./visit.js";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Presses Tab until something of this role and name has focus, and fails after a hundred. */
async function tabTo({ page }: Visit, role: "slider" | "option" | "combobox", name: string): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: true });
  for (let presses = 0; presses < 100; presses++) {
    await page.keyboard.press("Tab");
    if (await wanted.first().evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not lead to the ${role} "${name}"`);
}

const query = ({ page }: Visit) => new URL(page.url()).search;
const caption = ({ page }: Visit) => page.locator(".edge-steps-table caption").textContent();
const shapes = ({ page }: Visit) => page.locator(".edge-steps-table tbody td:nth-child(3)").allTextContents();
const computed = /^Computed in this page by tfjs on (webgpu|webgl|wasm), (.*)\.$/;

describe("the page on resampling, by keyboard alone", () => {
  let visited: Visit;
  beforeEach(async () => {
    visited = await visit(browser, `${inject("siteUrl")}/resample`, laptopWindow);
  });
  afterEach(() => visited.close());

  test("goes from connection to connection, keeps the choice in the address, and leads back to it", async () => {
    const { page } = visited;
    await tabTo(visited, "option", "5 → 15, down ÷8");
    await page.keyboard.press("ArrowRight");
    expect(await caption(visited)).toBe("Connection 14 → 15, down ÷4, α 0.5");
    expect(query(visited)).toBe("?edge=14-15");
    await page.keyboard.press("Home");
    expect(await page.locator(".edge-steps-place p").textContent()).toContain("no operations, no cost");
    await page.keyboard.press("End");
    expect(query(visited)).toBe("?edge=14-16");
    await page.reload();
    await page.locator(".edge-steps-table").waitFor({ state: "attached" });
    expect(await caption(visited)).toBe("Connection 14 → 16, down ÷2, α 0.5");
    expect(visited.faults).toEqual([]);
  });

  test("changes shapes with α and the block types", async () => {
    const { page } = visited;
    await tabTo(visited, "slider", "Resampling factor α");
    await page.keyboard.press("ArrowRight");
    // 0.75 · 256
    expect((await shapes(visited))[0]).toBe("40×40×192");
    await tabTo(visited, "combobox", "Target");
    await page.keyboard.press("r");
    expect((await shapes(visited)).slice(-2)).toEqual(["5×5×256", ""]);
    expect(query(visited)).toBe("?alpha=0.75&target=residual");
    expect(visited.faults).toEqual([]);
  });

  test("loads tfjs only when the small map comes into view, and resamples it anew with each choice", async () => {
    const { page } = visited;
    expect(await page.locator(".small-map canvas").count()).toBe(0);
    const requested: string[] = [];
    page.on("request", (request) => requested.push(request.url()));
    await page.keyboard.press("End");
    const status = page.locator(".small-maps [role=status]");
    await page.locator(".small-map canvas").first().waitFor();
    expect(requested.filter((url) => url.includes("tfjs")).length).toBeGreaterThan(0);
    expect(computed.exec((await status.textContent()) ?? "")?.[2]).toBe(
      "32×32×16 → 32×32×2 → 16×16×2 → 8×8×2 → 4×4×2 → 4×4×16",
    );
    // Each canvas shows more than one depth of colour.
    const depths = await page.evaluate<number[]>(`
      [...document.querySelectorAll(".small-map canvas")].map((canvas) => {
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return new Set(data.filter((_, index) => index % 4 === 3)).size;
      })
    `);
    expect(depths).toHaveLength(6);
    expect(Math.min(...depths)).toBeGreaterThan(2);
    await tabTo(visited, "option", "5 → 15, down ÷8");
    await page.keyboard.press("End");
    await until(page, "document.querySelectorAll('.small-map').length === 4");
    expect(computed.exec((await status.textContent()) ?? "")?.[2]).toBe(
      "32×32×16 → 32×32×2 → 16×16×2 → 16×16×16",
    );
    expect(visited.faults).toEqual([]);
  });
});

test("the page on resampling says of an address that means nothing what would be right", async () => {
  const visited = await visit(browser, `${inject("siteUrl")}/resample?edge=3-2`, laptopWindow);
  expect(await visited.page.getByRole("alert").textContent()).toBe(
    "The page's address says edge=3-2; it should be a connection of the network, such as 5-15, which is taken.",
  );
  await visited.close();
});
