import type { TestProject } from "vitest/node";
import { buildSite } from "./builtSite.js";
import { findChromium } from "./chromium.js";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the site is served: "http://127.0.0.1:1234". */
    siteUrl: string;
    /** The folder of the built site. */
    siteFolder: string;
    /** Why the site was not built without a network, or null where it was. */
    builtOnlineBecause: string | null;
  }
}

/** Builds the site once, without a network where that is possible, and serves it to all browser tests. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  findChromium();
  const site = await buildSite();
  project.provide("siteUrl", site.url);
  project.provide("siteFolder", site.folder);
  project.provide("builtOnlineBecause", site.builtOnlineBecause);
  return site.close;
}
