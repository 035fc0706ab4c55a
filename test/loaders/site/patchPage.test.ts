import { expect, test } from "vitest";
import { patchPage } from "../../../loaders/site/patchPage.js";

const builtPage = `<!DOCTYPE html>
<html>
<head>
<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">
<style>@font-face{src:url("./_file/data/fonts/serif.woff2")}@font-face{src:url("./_file/data/fonts/serif-italic.woff2")}</style>
</head>
<footer id="observablehq-footer">
<nav><a rel="next" href="./results">Results</a></nav></footer>
</html>`;
const fontFiles = ["serif-italic.89abcdef.woff2", "serif.01234567.woff2"];

test("a patched page names its language, may be zoomed, and names its pager", () => {
  const page = patchPage(builtPage, fontFiles);
  expect(page).toContain('<html lang="en">');
  expect(page).toContain('content="width=device-width, initial-scale=1">');
  expect(page).toContain('<nav aria-label="Previous and next page"><a rel="next"');
});

test("a patched page's pager calls the first page as the header does", () => {
  const second = builtPage.replace(
    "<nav>",
    '<nav><a rel="prev" href="./"><span>SpineNet, explained, measured, live</span></a>',
  );
  expect(patchPage(second, fontFiles)).toContain('<a rel="prev" href="./"><span>Overview</span></a>');
});

test("a patched page asks for each face by the name of its copy", () => {
  expect(patchPage(builtPage, fontFiles)).toContain(
    'url("./_file/data/fonts/serif.01234567.woff2")}@font-face{src:url("./_file/data/fonts/serif-italic.89abcdef.woff2")',
  );
  expect(() => patchPage(builtPage, fontFiles.slice(0, 1))).toThrow('no copy of the typeface "serif"');
});

test("a page of another template is refused, not left unpatched", () => {
  expect(() => patchPage(builtPage.replace("<html>", '<html class="new">'), fontFiles)).toThrow(
    "template has changed",
  );
  expect(() => patchPage(builtPage.replace("maximum-scale", "minimum-scale"), fontFiles)).toThrow(
    "template has changed",
  );
});

test("the page for missing addresses has addresses from the site's root, and none that leads away from itself", () => {
  const missing = builtPage
    .replace("<head>", '<head>\n<base href="/">')
    .replace("</head>", '<script type="module">\nimport "./_observablehq/client.js";\n</script></head>')
    .replace("<footer", '<a href="#text">Skip</a><footer');
  const page = patchPage(missing, fontFiles);
  expect(page).not.toContain("<base");
  expect(page).toContain('import "/_observablehq/client.js";');
  expect(page).toContain('url("/_file/data/fonts/serif.01234567.woff2")');
  expect(page).toContain('<a rel="next" href="/results">');
  expect(page).toContain('<a href="#text">');
});
