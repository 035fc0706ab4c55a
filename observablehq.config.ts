import type MarkdownIt from "markdown-it";
import { footer, head, header, siteDescription, sitePages, siteTitle } from "./loaders/site/frame.js";
import { markdown } from "./loaders/site/markdown/markdown.js";
import { forgetOutputKey } from "./loaders/site/outputKey.js";
import { seedFrameworkCache } from "./loaders/site/seedFrameworkCache.js";

const root = "src";

// Framework reads the variable when it records its first event, which is after it has read this file.
process.env.OBSERVABLE_TELEMETRY_DISABLE = "true";

await seedFrameworkCache(root);
await forgetOutputKey(root);

export default {
  root,
  output: "dist",
  title: siteTitle,
  home: siteTitle,
  description: siteDescription,
  pages: sitePages.filter(({ path }) => path !== "/"),
  style: "style.css",
  globalStylesheets: [],
  head,
  header,
  footer,
  sidebar: false,
  pager: true,
  toc: false,
  search: false,
  linkify: false,
  typographer: true,
  markdownIt: (md: MarkdownIt) => md.use(markdown, root),
  // One process a loader, where Framework's own choice, the tsx command, starts two.
  interpreters: { ".ts": [process.execPath, "--import", "tsx"] },
};
