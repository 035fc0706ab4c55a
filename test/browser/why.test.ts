import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { laptopWindow, launchChromium, phoneWindow } from "./chromium.js";
import { type Visit, visit } from "./visit.js";

const axeScript = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const address = () => `${inject("siteUrl")}/why`;
const query = ({ page }: Visit) => new URL(page.url()).search;
const facts = ({ page }: Visit) => page.locator(".depth-title").allTextContents();
const depth = ({ page }: Visit) => page.getByRole("slider", { name: "Depth" });

/** Presses Tab until something of this role and name has focus, and fails after a hundred. */
async function tabTo({ page }: Visit, role: "slider" | "button", name: RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name }).first();
  for (let presses = 0; presses < 100; presses++) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not lead to the ${role} ${name}`);
}

describe("the page on why, by keyboard alone", () => {
  let visited: Visit;
  beforeEach(async () => {
    visited = await visit(browser, address(), laptopWindow);
    await visited.page.locator(".depth-panel").first().waitFor();
  });
  afterEach(() => visited.close());

  test("moves both networks along their depth, says so, and leads back to the same place", async () => {
    const { page } = visited;
    expect(await facts(visited)).toEqual([
      "ResNet-50-FPN: Block 13, level 5",
      "SpineNet-49: Block 13, level 3",
    ]);
    await tabTo(visited, "slider", /Depth/);
    await page.keyboard.press("ArrowRight");
    expect(query(visited)).toBe("?step=15");
    expect(await facts(visited)).toEqual([
      "ResNet-50-FPN: Block 14, level 5",
      "SpineNet-49: Block 14, level 5",
    ]);
    expect(await depth(visited).getAttribute("aria-valuetext")).toMatch(
      /^Stage 15 of 21\. ResNet-50-FPN, block 14: level 5, 20×20 cells of 32 pixels; a cell sees 363 pixels across\./,
    );
    await page.keyboard.press("End");
    expect(query(visited)).toBe("?step=21");
    const shown = await facts(visited);
    await page.reload();
    await page.locator(".depth-panel").first().waitFor();
    expect(await facts(visited)).toEqual(shown);
    await tabTo(visited, "slider", /Depth/);
    await page.keyboard.press("Home");
    expect(await facts(visited)).toEqual(["ResNet-50-FPN: Stem, level 2", "SpineNet-49: Stem, level 2"]);
    expect(visited.faults).toEqual([]);
  });

  test("lights up what a word names, and goes there when it is pressed", async () => {
    const { page } = visited;
    await tabTo(visited, "button", /repeats its cells/);
    expect(await page.locator(".depth-track .step.lit").count()).toBe(3);
    await page.keyboard.press("Enter");
    expect(query(visited)).toBe("?step=19");
    expect((await facts(visited))[0]).toBe("ResNet-50-FPN: P3, level 3");
    expect(visited.faults).toEqual([]);
  });

  test("opens the table of all stages, and axe finds nothing in it", async () => {
    const { page } = visited;
    await page.locator(".depth-scrubber summary").press("Enter");
    expect(await page.locator(".depth-table tr[aria-current]").count()).toBe(2);
    await page.evaluate(axeScript);
    const { violations } = await page.evaluate<AxeResults>("axe.run(document)");
    expect(
      violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(" ")}`)),
    ).toEqual([]);
  });
});

test("the page on why says of an address that means nothing what is shown instead", async () => {
  const visited = await visit(browser, `${address()}?step=deep`, laptopWindow);
  await visited.page.locator(".depth-panel").first().waitFor();
  expect(await visited.page.getByRole("alert").textContent()).toContain("a whole number from 0 to 21");
  expect((await facts(visited))[1]).toBe("SpineNet-49: Block 13, level 3");
  await visited.close();
});

test("the page on why stacks its pictures on a phone, as wide as the page, and moves by touch", async () => {
  const visited = await visit(browser, address(), phoneWindow);
  const { page } = visited;
  const [first, second] = await Promise.all(
    [0, 1].map((index) => page.locator(".depth-panel").nth(index).boundingBox()),
  );
  expect(second!.y).toBeGreaterThan(first!.y + first!.height);
  expect(first!.width).toBeGreaterThan(330);
  await page.locator('.depth-track [data-place="10"]').tap();
  expect(await facts(visited)).toEqual(["ResNet-50-FPN: Block 9, level 4", "SpineNet-49: Block 9, level 7"]);
  const across = await page.evaluate<number>("document.documentElement.scrollWidth");
  expect(across).toBe(390);
  await visited.close();
});
