import { existsSync } from "node:fs";
import { liveAttachments } from "../pages/live/attachments.js";
import { fallbackFaces } from "./fallbackFaces.js";

/** What Framework passes on about a page when it asks for its head or header. */
interface PageInfo {
  readonly title: string | null;
  /** The page's front matter. */
  readonly data: { readonly description?: unknown };
  /** The page's path, "/index" for the first one. */
  readonly path: string;
}

export const siteTitle = "SpineNet, explained, measured, live";

export const siteDescription =
  "How SpineNet permutes the scales of a detection backbone, what that buys against ResNet-50-FPN, " +
  "and both networks running in your browser.";

/** What a reader wants: the groups of the navigation. */
type NavGroup = "Understand" | "Reproduce" | "Try";

interface SitePage {
  readonly name: string;
  readonly path: string;
  readonly file: string;
  /** Absent for pages outside the groups. */
  readonly group?: NavGroup;
}

const allPages: readonly SitePage[] = [
  { name: "Overview", path: "/", file: "src/index.md" },
  { name: "Why", path: "/why", file: "src/why.md", group: "Understand" },
  { name: "Permute", path: "/permute", file: "src/permute.md", group: "Understand" },
  { name: "Resample", path: "/resample", file: "src/resample.md", group: "Understand" },
  { name: "Scale", path: "/scale", file: "src/scale.md", group: "Understand" },
  { name: "Search", path: "/search", file: "src/search.md", group: "Understand" },
  { name: "Results", path: "/results", file: "src/results.md", group: "Reproduce" },
  { name: "Evaluate", path: "/evaluate", file: "src/evaluate.md", group: "Reproduce" },
  { name: "Live", path: "/live", file: "src/live.md", group: "Try" },
  { name: "About", path: "/about", file: "src/about.md" },
];

/** The pages in reading order, for the header and the pager at the bottom of each page. */
export const sitePages: readonly SitePage[] = allPages.filter(({ file }) => existsSync(file));

/** The characters of both typefaces' subsets: Latin, general punctuation, and symbols for measurements. */
const unicodeRange =
  "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD";

interface Face {
  readonly file: string;
  readonly family: string;
  readonly style: "normal" | "italic";
  readonly weights: string;
  /** Italics are rarely on the first screen, so they can load last. */
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
 * The head of each page: icon, description and typefaces. Framework's CSS bundler has no loader for fonts, so the
 * typefaces are declared here and linked, which makes Framework copy their files; patchPage corrects the URLs in the
 * declarations after the build.
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
 * The bar at the top of each page: a skip link and the list of pages, with the current one marked. On a narrow screen the
 * list is a popover that a button opens and Escape closes, without a script.
 */
export function header({ path }: PageInfo): string {
  const present = sitePages.find((page) => page.path === path.replace(/\/index$/, "/"));
  const link = (page: SitePage): string =>
    `<li><a href="${page.path}"${page === present ? ` aria-current="page"` : ""}>${page.name}</a></li>`;
  const groups = runsOf(sitePages).map(({ group, pages }) => {
    const links = pages.map(link).join("\n");
    return group === undefined
      ? `<ul>${links}</ul>`
      : `<div><p id="group-${group.toLowerCase()}">${group}</p><ul aria-labelledby="group-${group.toLowerCase()}">${links}</ul></div>`;
  });
  return [
    `<a class="skip" href="#text">Skip to the text</a>`,
    `<button type="button" class="pages-button" popovertarget="pages">Pages</button>`,
    present ? `<span class="present-page" aria-hidden="true">${present.name}</span>` : "",
    `<nav id="pages" popover aria-label="Pages">${groups.join("\n")}</nav>`,
    `<span id="text" tabindex="-1"></span>`,
  ].join("\n");
}

/** Consecutive pages of the same group. */
function runsOf(pages: readonly SitePage[]): { group: NavGroup | undefined; pages: SitePage[] }[] {
  const runs: { group: NavGroup | undefined; pages: SitePage[] }[] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && last.group === page.group) last.pages.push(page);
    else runs.push({ group: page.group, pages: [page] });
  }
  return runs;
}

export const footer =
  "This site loads nothing from other hosts, and nothing you open in it leaves your computer. " +
  `<a href="/glossary">Glossary</a>; <a href="/about">sources, licences and limits</a>.`;
