import { sitePages, siteTitle } from "./frame.js";

/** The pager is the page's second navigation landmark, so it needs a label. Not every page has one. */
const pagerStart = '<footer id="observablehq-footer">\n<nav>';
const namedPagerStart = '<footer id="observablehq-footer">\n<nav aria-label="Previous and next page">';

/** The pager calls the first page by the site's title; this uses its name in the header. */
const firstByTitle = `<a rel="prev" href="./"><span>${siteTitle}</span>`;
const firstByName = `<a rel="prev" href="./"><span>${sitePages[0]!.name}</span>`;

/** What Framework's template writes, and what it should write. */
const patches: readonly (readonly [found: string, patched: string])[] = [
  ["<!DOCTYPE html>\n<html>\n", '<!DOCTYPE html>\n<html lang="en">\n'],
  [
    // Readers may zoom.
    '<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
  ],
];

/**
 * The page for missing addresses is shown below any path, so its addresses start at the site's root. Framework gives it a
 * `<base>` for that, which leads links within the page, "#text", away from it.
 */
function withoutBase(page: string): string {
  const [tag, root] = /\n<base href="([^"]*)">/.exec(page) ?? [];
  return tag === undefined ? page : page.replace(tag, "").replaceAll('"./', `"${root}`);
}

/**
 * Patches a built page: sets its language, allows zooming, labels the pager, points font declarations at the copies that
 * Framework made, and makes the page for missing addresses work below any path.
 *
 * @param page the HTML of a page as built by Framework 1.13
 * @param fonts the file names in `dist/_file/data/fonts`, which contain a hash: "serif.0123abcd.woff2"
 * @throws Error if the template is not the expected one, so a newer Framework's output cannot go unpatched
 */
export function patchPage(page: string, fonts: readonly string[]): string {
  let patched = withoutBase(page).replace(pagerStart, namedPagerStart).replace(firstByTitle, firstByName);
  for (const [found, replacement] of patches) {
    if (!patched.includes(found)) {
      throw new Error(
        `patchPage: the page has no ${JSON.stringify(found)}; Framework's template has changed.`,
      );
    }
    patched = patched.replace(found, replacement);
  }
  return patched.replace(/\/data\/fonts\/([\w-]+)\.woff2"\)/g, (_, face: string) => {
    const file = fonts.find((name) => name.startsWith(`${face}.`));
    if (file === undefined) throw new Error(`patchPage: the build has no copy of the typeface "${face}".`);
    return `/data/fonts/${file}")`;
  });
}
