import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { until } from "./until.js";

export interface Visit {
  readonly page: Page;
  /** What went wrong so far, a sentence each; grows while the page is open. */
  readonly faults: string[];
  /** Closes the page and its context. */
  close(): Promise<void>;
}

/** Chromium says this of every answer that is no success, though an error of its own is seen in `response`. */
const isFailedRequest = (text: string) => text.startsWith("Failed to load resource");

/** Notes every request to another host, every failed one, every error the page logs or leaves uncaught. */
function watch(page: Page, origin: string, faults: string[]): void {
  page.on("request", (request) => {
    const url = request.url();
    if (/^(data|blob|about):/.test(url)) return;
    if (new URL(url).origin !== origin) faults.push(`requested ${url}, which is another host`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) faults.push(`got ${response.status()} for ${response.url()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "no reason given";
    // A page that is left, or a worker that is ended, drops what it was still asking for.
    if (reason !== "net::ERR_ABORTED") faults.push(`could not load ${request.url()}: ${reason}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error" && !isFailedRequest(message.text())) {
      faults.push(`logged an error: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => faults.push(`left an error uncaught: ${error.message}`));
}

/** Waits until a page asks for nothing more and each of its cells has shown something; notes cells that failed. */
async function settle(page: Page, faults: string[]): Promise<void> {
  try {
    await page.waitForLoadState("networkidle", { timeout: 60_000 });
    await until(page, "document.querySelector('observablehq-loading') === null", 60_000);
  } catch {
    faults.push("was still loading after a minute");
  }
  for (const text of await page.locator(".observablehq--error").allInnerTexts()) {
    faults.push(`has a cell that failed: ${text}`);
  }
}

/**
 * Opens a page of the site in a context of its own, and waits until all its cells have answered.
 *
 * @param url the page's whole address; its origin is the only one it may ask
 */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults: string[] = [];
  watch(page, new URL(url).origin, faults);
  await page.goto(url, { waitUntil: "load" });
  await settle(page, faults);
  return { page, faults, close: () => context.close() };
}
