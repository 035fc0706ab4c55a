import * as Plot from "@observablehq/plot";
import { create } from "d3";
import { svg } from "htl";
import { expect, test } from "vitest";
import { document } from "./dom.js";

test("d3, htl and Plot draw into the document for tests", () => {
  expect(create("svg").append("circle").attr("r", 2).node()?.outerHTML).toBe('<circle r="2"></circle>');
  expect(svg`<circle r=${2}>`.outerHTML).toBe('<circle r="2"></circle>');
  const plot = Plot.barY([1, 2]).plot();
  expect(plot.ownerDocument).toBe(document);
  expect(plot.querySelectorAll("rect").length).toBe(2);
});
