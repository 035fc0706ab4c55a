import type { Page } from "playwright-core";

/** Notes from now on what moves in a page without being asked to. To be called before the page is opened. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(`
    window.layoutShifts = [];
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries()) window.layoutShifts.push(value);
    }).observe({ type: "layout-shift", buffered: true });
  `);
}

/**
 * The sum of all layout shifts so far, those too that a browser forgives because they come soon after an input: a window
 * that takes a phone's size counts as one.
 */
export function shiftsOf(page: Page): Promise<number> {
  return page.evaluate<number>("window.layoutShifts.reduce((sum, value) => sum + value, 0)");
}
