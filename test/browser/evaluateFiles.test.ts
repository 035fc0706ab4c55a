import { readFile } from "node:fs/promises";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { evaluate } from "../../src/coco/evaluate.js";
import { evaluationExample } from "../../src/components/evaluate/files/exampleFiles.js";
import { laptopWindow, launchChromium } from "./chromium.js";
import { type Visit, visit } from "./visit.js";

const example = evaluationExample({ images: 40, seed: 2 });
/** About 100,000 detections in each results file. */
const large = evaluationExample({ images: 44_000, seed: 3 });

let browser: Browser;
let visited: Visit;

beforeAll(async () => {
  browser = await launchChromium();
});
afterEach(async () => {
  const { faults } = visited;
  await visited.close();
  expect(faults).toEqual([]);
});
afterAll(() => browser.close());

async function open(): Promise<Page> {
  visited = await visit(browser, `${inject("siteUrl")}/evaluate`, { ...laptopWindow, acceptDownloads: true });
  return visited.page;
}

const jsonFile = (name: string, value: unknown) => ({
  name,
  mimeType: "application/json",
  buffer: Buffer.from(typeof value === "string" ? value : JSON.stringify(value)),
});

const give = (page: Page, place: number, file: ReturnType<typeof jsonFile>) =>
  page.locator(".evaluation-places input[type=file]").nth(place).setInputFiles(file);
const status = (page: Page) => page.locator(".evaluation-status");
const explained = (page: Page) =>
  page.locator(".errors-panel svg.horizontal-bars").waitFor({ timeout: 100_000 });
const settled = (page: Page) =>
  page.locator(".evaluation-run:not([aria-busy])").waitFor({ timeout: 100_000 });

/** The numbers in full, as the page saves them. */
async function savedNumbers(page: Page) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Save the numbers as JSON" }).click(),
  ]);
  const { results } = JSON.parse(await readFile(await download.path(), "utf8"));
  return results.map(({ stats, categories }: { stats: object; categories: { AP: number }[] }) => ({
    stats: Object.values(stats),
    perCategoryAP: categories.map(({ AP }) => AP),
  }));
}

function numbersOf(rows: typeof example.careful, { annotations } = example) {
  const { stats, perCategoryAP } = evaluate(annotations, rows, "bbox");
  return { stats, perCategoryAP };
}

test("two results files are measured to the last digit as Node does", async () => {
  const page = await open();
  await give(page, 0, jsonFile("truth.json", example.annotations));
  await give(page, 1, jsonFile("careful.json", example.careful));
  await give(page, 2, jsonFile("hasty.json", example.hasty));
  await page.locator(".errors-panel [data-name=missed] .bar").nth(1).waitFor();
  await settled(page);
  expect(await savedNumbers(page)).toEqual([numbersOf(example.careful), numbersOf(example.hasty)]);
  await page.getByRole("button", { name: "Draw bootstrap intervals" }).click();
  await page.getByText("lower on such images").first().waitFor();
});

test("files dropped anywhere are taken for what they hold, and by keyboard they can be opened", async () => {
  const page = await open();
  // Long before the key: the browser hands choosers over only from a while after it is asked to.
  page.on("filechooser", (chooser) => chooser.setFiles(jsonFile("hasty.json", example.hasty)));
  await page.locator(".evaluate-files").evaluate(
    (element, files) => {
      const data = new DataTransfer();
      for (const { name, text } of files) data.items.add(new File([text], name));
      element.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [
      { name: "careful.json", text: JSON.stringify(example.careful) },
      { name: "truth.json", text: JSON.stringify(example.annotations) },
    ],
  );
  await explained(page);
  expect(await page.locator(".evaluation-places .file-name").allTextContents()).toEqual([
    "truth.json",
    "careful.json",
    "",
  ]);
  await page.locator(".evaluation-places input[type=file]").nth(2).focus();
  await page.keyboard.press("Enter");
  await page.locator(".category-bars [data-name=cup] .bar").nth(1).waitFor();
});

test("a file that is broken gets a sentence with its name, row and field, and the next one works", async () => {
  const page = await open();
  const alert = page.locator(".evaluation-problem:not(:empty)");
  await give(page, 0, jsonFile("truth.json", example.annotations));
  const rows = example.careful.map((row, index) => (index === 7 ? { ...row, bbox: [1, 2, "wide", 4] } : row));
  await give(page, 1, jsonFile("bad.json", rows));
  expect(await alert.textContent()).toMatch(/^bad\.json: \[7\]\.bbox/);
  await give(page, 1, jsonFile("cut.json", JSON.stringify(example.careful).slice(0, 500)));
  await page.locator(".evaluation-problem", { hasText: "cut.json: " }).waitFor();
  await give(page, 1, jsonFile("careful.json", example.careful));
  await explained(page);
  expect(await alert.count()).toBe(0);
});

test("200,000 detections leave the page drawing frames, and can be cancelled and taken up again", async () => {
  expect(large.hasty.length).toBeGreaterThan(200_000);
  const page = await open();
  await page.evaluate(() => {
    const seen = { frames: 0, shown: [] as string[], cancelled: false };
    Object.assign(window, { seen });
    const run = document.querySelector(".evaluation-run")!;
    const tick = () => {
      if (run.ariaBusy === "true") seen.frames++;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    new MutationObserver(() => {
      const percent = run.querySelector(".evaluation-percent")!.textContent ?? "";
      if (percent !== "") seen.shown.push(percent);
      const words = run.querySelector(".evaluation-status")!.textContent ?? "";
      if (seen.cancelled || !words.startsWith("Matching")) return;
      seen.cancelled = true;
      run.querySelector<HTMLButtonElement>(".evaluation-progress button")!.click();
    }).observe(run, { subtree: true, childList: true, characterData: true });
  });
  await give(page, 0, jsonFile("truth.json", large.annotations));
  await give(page, 1, jsonFile("hasty.json", large.hasty));
  await status(page).getByText("Cancelled.").waitFor({ timeout: 100_000 });
  expect(await page.locator(".evaluation-progress").isVisible()).toBe(false);

  await page.getByRole("button", { name: "Resume" }).click();
  await explained(page);
  await settled(page);
  const { frames, shown } = await page.evaluate<{ frames: number; shown: string[] }>("window.seen");
  // A page that waits for the measuring itself draws one or two.
  expect(frames).toBeGreaterThan(10);
  expect(new Set(shown).size).toBeGreaterThan(10);
  expect(await savedNumbers(page)).toEqual([numbersOf(large.hasty, large)]);
});
