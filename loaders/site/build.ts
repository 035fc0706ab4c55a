import { buildSite } from "./buildSite.js";
import { siteLog } from "./siteLog.js";

try {
  await buildSite({ say: (line) => siteLog.info(line) });
  siteLog.success("The site is in dist.");
} catch (error) {
  siteLog.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
