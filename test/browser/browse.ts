import { serveSite } from "../../loaders/site/serveSite.js";
import { laptopWindow, launchChromium } from "./chromium.js";
import { sitePages } from "./pages.js";
import { visit } from "./visit.js";

// Serves the built site in the folder it is given, reads every page, and writes what went wrong as JSON:
// `{"/": [], "/404": ["…"]}`. A program of its own, so that it can be run in a network namespace.
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("browse: name the folder of a built site.");

const site = await serveSite(folder, 0);
const browser = await launchChromium();
const faults: Record<string, readonly string[]> = {};
for (const path of sitePages()) {
  const visited = await visit(browser, site.url + path, laptopWindow);
  faults[path] = visited.faults;
  await visited.close();
}
await browser.close();
await site.close();
console.log(JSON.stringify(faults));
