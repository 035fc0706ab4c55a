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
async function tabTo({ page }: Visit, role: "slider" | "button" | "spinbutton", name: string): Promise<void> {
  const wanted = page.getByRole(role, { name });
  for (let presses = 0; presses < 100; presses++) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not lead to the ${role} "${name}"`);
}

const query = ({ page }: Visit) => new URL(page.url()).search;
const shownSample = ({ page }: Visit) => page.locator(".sampler-network strong").first().textContent();

describe("the page on the search, by keyboard alone", () => {
  let visited: Visit;
  beforeEach(async () => {
    visited = await visit(browser, `${inject("siteUrl")}/search`, laptopWindow);
  });
  afterEach(() => visited.close());

  test("counts the space anew with each block, keeps it in the address, and moves nothing below", async () => {
    const { page } = visited;
    const below = () => page.getByRole("heading", { name: "Networks that nobody chose" }).boundingBox();
    const before = await below();
    await tabTo(visited, "slider", "Blocks to permute");
    await page.keyboard.press("ArrowRight");
    // 11! · 5! = 39,916,800 · 120
    expect(await page.locator(".search-space .exact").first().textContent()).toBe("4,790,016,000");
    expect(query(visited)).toBe("?n=16");
    await page.keyboard.press("End");
    expect(query(visited)).toBe("?n=24");
    expect((await below())?.y).toBe(before?.y);
    expect(visited.faults).toEqual([]);
  });

  test("goes through samples, takes another seed, and leads back to the same sample", async () => {
    const { page } = visited;
    await tabTo(visited, "button", "Next");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Space");
    expect(await shownSample(visited)).toBe("Sample 3 of seed 1");
    await tabTo(visited, "spinbutton", "Seed");
    await page.keyboard.press("ArrowUp");
    expect(await shownSample(visited)).toBe("Sample 3 of seed 2");
    expect(query(visited)).toBe("?sample=3&seed=2");
    const drawing = await page.locator(".sampler-drawing").first().innerHTML();
    await page.reload();
    await page.locator(".sampler-network strong").first().waitFor();
    expect(await shownSample(visited)).toBe("Sample 3 of seed 2");
    expect(await page.locator(".sampler-drawing").first().innerHTML()).toBe(drawing);
    expect(visited.faults).toEqual([]);
  });

  test("plays and pauses", async () => {
    const { page } = visited;
    await tabTo(visited, "button", "Play");
    await page.keyboard.press("Enter");
    await until(
      page,
      "document.querySelector('.sampler-network strong').textContent === 'Sample 3 of seed 1'",
    );
    await page.keyboard.press("Enter");
    expect(await page.getByRole("button", { name: "Play" }).count()).toBe(1);
  });
});

test("the page on the search has no play where less motion is asked for", async () => {
  const visited = await visit(browser, `${inject("siteUrl")}/search`, {
    ...laptopWindow,
    reducedMotion: "reduce",
  });
  expect(await visited.page.getByRole("button", { name: "Next" }).count()).toBe(1);
  expect(await visited.page.getByRole("button", { name: "Play" }).count()).toBe(0);
  await visited.close();
});

test("the page on the search says of an address that means nothing what would be right", async () => {
  const visited = await visit(browser, `${inject("siteUrl")}/search?n=4`, laptopWindow);
  expect(await visited.page.getByRole("alert").textContent()).toBe(
    "The page's address says n=4; it should be a whole number from 6 to 24. 15 is taken.",
  );
  await visited.close();
});
