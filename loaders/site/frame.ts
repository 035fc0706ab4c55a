import { existsSync } from "node:fs";
import { liveAttachments } from "../pages/live/attachments.js";
import { fallbackFaces } from "./fallbackFaces.js";

/** What Framework tells of a page when it asks for the page's head or header. */
export interface PageInfo {
  readonly title: string | null;
  /** The page's front matter. */
  readonly data: { readonly description?: unknown };
  /** The page's address, "/index" for the first one. */
  readonly path: string;
}

export const siteTitle = "SpineNet, explained, measured, live";

export const siteDescription =
  "How SpineNet permutes the scales of a detection backbone, what that buys against ResNet-50-FPN, " +
  "and both networks running in your browser.";

/** What a reader comes for. */
export type Door = "Understand" | "Reproduce" | "Try";

interface SitePage {
  readonly name: string;
  readonly path: string;
  readonly file: string;
  /** Absent for pages that serve every reader. */
  readonly door?: Door;
}

const allPages: readonly SitePage[] = [
  { name: "Overview", path: "/", file: "src/index.md" },
  { name: "Why", path: "/why", file: "src/why.md", door: "Understand" },
  { name: "Permute", path: "/permute", file: "src/permute.md", door: "Understand" },
  { name: "Resample", path: "/resample", file: "src/resample.md", door: "Understand" },
  { name: "Scale", path: "/scale", file: "src/scale.md", door: "Understand" },
  { name: "Search", path: "/search", file: "src/search.md", door: "Understand" },
  { name: "Results", path: "/results", file: "src/results.md", door: "Reproduce" },
  { name: "Evaluate", path: "/evaluate", file: "src/evaluate.md", door: "Reproduce" },
  { name: "Live", path: "/live", file: "src/live.md", door: "Try" },
  { name: "About", path: "/about", file: "src/about.md" },
];

/** The pages in reading order, as the header and the pager at each page's foot name them. */
export const sitePages: readonly SitePage[] = allPages.filter(({ file }) => existsSync(file));

/** The characters both faces are cut to: Latin, general punctuation, and the signs a measurement needs. */
const unicodeRange =
  "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD";

interface Face {
  readonly file: string;
  readonly family: string;
  readonly style: "normal" | "italic";
  readonly weights: string;
  /** The italic is seldom on the first screen, so it may come after everything else. */
  readonly rel: "preload" | "prefetch";
}

const fontFaces: readonly Face[] = [
  { file: "serif", family: "Source Serif 4 Variable", style: "normal", weights: "200 900", rel: "preload" },
  {
    file: "serif-italic",
    family: "Source Serif 4 Variable",
    style: "italic",
    weights: "200 900",
    rel: "prefetch",
  },
  { file: "sans", family: "Source Sans 3 Variable", style: "normal", weights: "200 900", rel: "preload" },
];

const escapeHtml = (text: string) =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/**
 * The head of each page: icon, description and faces. Framework's CSS bundler has no loader for fonts,
 * so the faces are declared here and linked, which makes Framework copy their files; their addresses
 * in the declarations get the copies' names after the build (see mendPage).
 */
export function head({ data, path }: PageInfo): string {
  const description = typeof data.description === "string" ? data.description : siteDescription;
  const links = fontFaces.map(
    ({ file, rel }) =>
      `<link rel="${rel}" as="font" type="font/woff2" crossorigin href="/data/fonts/${file}.woff2">`,
  );
  const declarations = fontFaces.map(
    ({ file, family, style, weights }) =>
      `@font-face{font-family:"${family}";font-style:${style};font-weight:${weights};font-display:swap;` +
      `src:url("./_file/data/fonts/${file}.woff2") format("woff2");unicode-range:${unicodeRange}}`,
  );
  return [
    `<meta name="description" content="${escapeHtml(description)}">`,
    `<link rel="icon" type="image/svg+xml" href="/icon.svg">`,
    ...links,
    ...(path === "/live" ? liveAttachments() : []),
    `<style>${[...declarations, ...fallbackFaces()].join("\n")}</style>`,
  ].join("\n");
}

/**
 * The line above each page: a way past it for keyboards, and the pages, the present one marked. On a narrow screen the
 * pages are a popover, which a button opens and Escape closes, with no script.
 */
export function header({ path }: PageInfo): string {
  const present = sitePages.find((page) => page.path === path.replace(/\/index$/, "/"));
  const link = (page: SitePage): string =>
    `<li><a href="${page.path}"${page === present ? ` aria-current="page"` : ""}>${page.name}</a></li>`;
  const groups = runsOf(sitePages).map(({ door, pages }) => {
    const links = pages.map(link).join("\n");
    return door === undefined
      ? `<ul>${links}</ul>`
      : `<div><p id="door-${door.toLowerCase()}">${door}</p><ul aria-labelledby="door-${door.toLowerCase()}">${links}</ul></div>`;
  });
  return [
    `<a class="skip" href="#text">Skip to the text</a>`,
    `<button type="button" class="pages-button" popovertarget="pages">Pages</button>`,
    present ? `<span class="present-page" aria-hidden="true">${present.name}</span>` : "",
    `<nav id="pages" popover aria-label="Pages">${groups.join("\n")}</nav>`,
    `<span id="text" tabindex="-1"></span>`,
  ].join("\n");
}

/** Neighbours behind the same door together. */
function runsOf(pages: readonly SitePage[]): { door: Door | undefined; pages: SitePage[] }[] {
  const runs: { door: Door | undefined; pages: SitePage[] }[] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && last.door === page.door) last.pages.push(page);
    else runs.push({ door: page.door, pages: [page] });
  }
  return runs;
}

export const footer =
  "This site loads nothing from other hosts, and nothing you open in it leaves your computer. " +
  `<a href="/glossary">Glossary</a>; <a href="/about">sources, licences and limits</a>.`;
