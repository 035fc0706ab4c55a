import { log } from "../../log.js";
import { buildSite } from "../buildSite.js";
import { assertPortFree, portFrom, serveSite } from "../serveSite.js";

async function start(): Promise<void> {
  const port = portFrom(process.env.PORT);
  await assertPortFree(port);
  log.start("Building the site. The first build takes longest, since packages are bundled for the browser.");
  await buildSite({ say: (line) => log.info(line) });
  const site = await serveSite("dist", port);
  log.success(`The site is at ${site.url} (Ctrl-C stops it).`);
  const end = () => {
    log.info("Stopping.");
    site.close().then(() => process.exit(0));
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}

start().catch((error: unknown) => {
  log.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
