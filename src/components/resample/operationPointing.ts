import type { Pointing } from "../page/pointAtEachOther.js";

const resampling = '.edge-options :is([data-kind="down"], [data-kind="same"], [data-kind="up"])';

/** Where the figures show each operation, and the connections that have it. */
export const operationPointing: Pointing = {
  reduce: `[data-step="reduce"], ${resampling}`,
  down: '[data-step="down"], .edge-options [data-kind="down"]',
  pool: '[data-step="pool"], .edge-options [data-pools]',
  repeat: '[data-step="repeat"], .edge-options [data-kind="up"]',
  expand: `[data-step="expand"], ${resampling}`,
  same: '.edge-options [data-kind="same"]',
  passing: '.edge-options :is([data-kind="direct"], [data-kind="dangling"])',
};
