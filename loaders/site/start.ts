import { buildSite } from "./buildSite.js";
import { assertPortFree, portFrom, serveSite } from "./serveSite.js";
import { siteLog } from "./siteLog.js";

async function start(): Promise<void> {
  const port = portFrom(process.env.PORT);
  await assertPortFree(port);
  siteLog.start("Building the site. The first time takes longest: packages are bundled for the browser.");
  await buildSite({ say: (line) => siteLog.info(line) });
  const site = await serveSite("dist", port);
  siteLog.success(`The site is at ${site.url} (Ctrl-C ends it).`);
  const end = () => {
    siteLog.info("Ending.");
    site.close().then(() => process.exit(0));
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}

start().catch((error: unknown) => {
  siteLog.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
