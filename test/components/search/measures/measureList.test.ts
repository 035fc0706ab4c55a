import "../../../dom.js";
import { expect, it } from "vitest";
import { measureList } from "../../../../src/components/search/measures/measureList.js";

it("measures in a sentence are words that show their figures", () => {
  const list = measureList(["paths", "meanPath", "reach"]);
  expect(list.textContent).toBe("paths, mean path and reach");
  expect([...list.querySelectorAll("button.shows")].map((word) => word.getAttribute("data-shows"))).toEqual([
    "paths",
    "meanPath",
    "reach",
  ]);
  expect(measureList(["reach"]).textContent).toBe("reach");
  expect(measureList([]).textContent).toBe("nothing");
});

it("marks stay on the line of the word before them", () => {
  const list = measureList(["paths", "meanPath", "reach"], ".");
  expect([...list.querySelectorAll(".kept")].map((kept) => kept.textContent)).toEqual([
    "paths,",
    "mean path",
    "reach.",
  ]);
  expect(measureList([], ".").textContent).toBe("nothing.");
});
