import { log } from "../../log.js";
import { buildSite } from "../buildSite.js";

try {
  await buildSite({ say: (line) => log.info(line) });
  log.success("The site is in dist.");
} catch (error) {
  log.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
