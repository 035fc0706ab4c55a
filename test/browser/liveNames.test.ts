import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { sampleOf } from "../../loaders/pages/live/samples.js";
import { launchChromium } from "./chromium.js";
import { tinyWeights } from "./tinyWeights.js";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const long = "x".repeat(20_000);

/** How many pixels wider the page is than its window. */
const widerThanWindow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

test.each([
  ["a laptop", { width: 1366, height: 768 }],
  ["a phone", { width: 390, height: 844 }],
])(
  "on %s, /live is no wider than its window, whatever classes, files and addresses are called",
  async (_, viewport) => {
    const page = await browser.newPage({ viewport });
    try {
      await page.route("**/*.safetensors", () => {});
      const { id } = sampleOf("scene-balls");
      await page.goto(
        `${inject("siteUrl")}/live?backend=wasm&sample=${id}&score=0.3&model=${"m".repeat(2000)}`,
      );
      await page.locator(".live-problem:not(:empty)").waitFor();
      expect(await page.locator(".live-problem").textContent()).toContain(`“${"m".repeat(79)}…”`);
      await page.locator(".weights-input input[type=file]").setInputFiles({
        name: `${"w".repeat(240)}.safetensors`,
        mimeType: "application/octet-stream",
        buffer: Buffer.from(tinyWeights([long, `\u202e${long}\u0007`])),
      });
      await page.locator("[data-origin=live]").waitFor({ timeout: 100_000 });
      await page.locator(".live-shown summary").click();
      await page.locator(".detection-table tbody tr").first().waitFor();
      expect(await page.evaluate(widerThanWindow)).toBe(0);
      const text = (await page.locator(".live-detection").textContent()) ?? "";
      expect(text).toContain("xxx…");
      expect(text).not.toMatch(/x{81}|\u202e/);
    } finally {
      await page.close();
    }
  },
);
