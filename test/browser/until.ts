import type { Page } from "playwright-core";

/**
 * Waits until an expression holds in a page, evaluated in each frame. Playwright's `waitForFunction` does that by `eval`,
 * which the site's Content-Security-Policy forbids.
 *
 * @param timeout milliseconds
 * @throws Error quoting the expression if it does not hold in time
 */
export async function until(page: Page, expression: string, timeout = 30_000): Promise<void> {
  const holds = await page.evaluate<boolean>(`new Promise((resolve) => {
    const end = performance.now() + ${timeout};
    const look = () => {
      if (${expression}) resolve(true);
      else if (performance.now() > end) resolve(false);
      else requestAnimationFrame(look);
    };
    look();
  })`);
  if (!holds) throw new Error(`Did not hold within ${timeout / 1000} seconds: ${expression}`);
}
