import { sitePages, siteTitle } from "./frame.js";

/** The pager is the second navigation of a page, and two of a kind need names. Not every page has one. */
const pagerStart = '<footer id="observablehq-footer">\n<nav>';
const namedPagerStart = '<footer id="observablehq-footer">\n<nav aria-label="Previous and next page">';

/** The pager calls the first page by the site's title. The header has a name for it, as for every other page. */
const firstByTitle = `<a rel="prev" href="./"><span>${siteTitle}</span>`;
const firstByName = `<a rel="prev" href="./"><span>${sitePages[0]!.name}</span>`;

/** What Framework's template writes, and what it should have written. */
const patches: readonly (readonly [found: string, mended: string])[] = [
  ["<!DOCTYPE html>\n<html>\n", '<!DOCTYPE html>\n<html lang="en">\n'],
  [
    // Readers may zoom.
    '<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
  ],
];

/**
 * A built page as it should be: with a language, zoomable, its navigations and what they lead to named, and its font
 * declarations pointing at the copies that Framework made.
 *
 * @param page the HTML of a page as Framework 1.13 builds it
 * @param fonts the names in `dist/_file/data/fonts`, which hold a hash: "serif.0123abcd.woff2"
 * @throws where the template is not the expected one, so that a newer Framework cannot go unmended
 */
export function mendPage(page: string, fonts: readonly string[]): string {
  let mended = page.replace(pagerStart, namedPagerStart).replace(firstByTitle, firstByName);
  for (const [found, replacement] of patches) {
    if (!mended.includes(found)) {
      throw new Error(
        `mendPage: the page has no ${JSON.stringify(found)}; Framework's template has changed.`,
      );
    }
    mended = mended.replace(found, replacement);
  }
  return mended.replace(/\/data\/fonts\/([\w-]+)\.woff2"\)/g, (_, face: string) => {
    const file = fonts.find((name) => name.startsWith(`${face}.`));
    if (file === undefined) throw new Error(`mendPage: the build has no copy of the face "${face}".`);
    return `/data/fonts/${file}")`;
  });
}
