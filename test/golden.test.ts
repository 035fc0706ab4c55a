import { expect, test } from "vitest";
import { asFile } from "./golden.js";

test("a drawing's file names the SVG namespace once", () => {
  expect(asFile("<svg></svg>")).toBe('<svg xmlns="http://www.w3.org/2000/svg">\n</svg>\n');
  expect(asFile('<svg xmlns="http://www.w3.org/2000/svg"></svg>')).toBe(
    '<svg xmlns="http://www.w3.org/2000/svg">\n</svg>\n',
  );
});

test("a drawing's file has a line an element, and leaves the words of a text together", () => {
  const drawing =
    '<svg xmlns="x"><g><rect width="1"></rect><text>two <tspan>words</tspan><tspan>s</tspan></text></g></svg>';
  expect(asFile(drawing)).toBe(
    '<svg xmlns="x">\n<g>\n<rect width="1"></rect>\n<text>two <tspan>words</tspan><tspan>s</tspan></text>\n</g>\n</svg>\n',
  );
});
