import { PAGES, TITLE } from "./frame.js";

/** The pager is the second navigation of a page, and two of a kind need names. Not every page has one. */
const PAGER = '<footer id="observablehq-footer">\n<nav>';
const NAMED_PAGER = '<footer id="observablehq-footer">\n<nav aria-label="Previous and next page">';

/** The pager calls the first page by the site's title. The header has a name for it, as for every other page. */
const FIRST_BY_TITLE = `<a rel="prev" href="./"><span>${TITLE}</span>`;
const FIRST_BY_NAME = `<a rel="prev" href="./"><span>${PAGES[0]!.name}</span>`;

/** What Framework's template writes, and what it should have written. */
const MENDINGS: readonly (readonly [found: string, mended: string])[] = [
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
  let mended = page.replace(PAGER, NAMED_PAGER).replace(FIRST_BY_TITLE, FIRST_BY_NAME);
  for (const [found, replacement] of MENDINGS) {
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
