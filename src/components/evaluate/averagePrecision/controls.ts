import { create } from "d3";
import { cocoParameters } from "../../../coco/parameters.js";
import { exampleCategories } from "./example.js";
import { areaNames, limits, thresholdText } from "./settings.js";
import type { ApStore } from "./store.js";

/** What is measured: the class, the IoU threshold, the size of objects, the limit on detections. */
export function apControls(store: ApStore): HTMLElement {
  const element = create("div").attr("class", "ap-controls").attr("role", "group");
  element.attr("aria-label", "What is measured");

  const threshold = element.append("label").attr("class", "ap-threshold");
  const thresholdWords = threshold.append("span").text("IoU ≥ ").append("b");
  const slider = threshold
    .append("input")
    .attr("type", "range")
    .attr("min", 0)
    .attr("max", cocoParameters.iouThresholds.length - 1)
    .attr("step", 1)
    .on("input", () => store.look({ threshold: slider.property("valueAsNumber") }));

  const select = (words: string, options: readonly string[], chosen: (index: number) => void) => {
    const field = element
      .append("label")
      .text(`${words} `)
      .append("select")
      .on("change", () => chosen(field.property("selectedIndex")));
    for (const option of options) field.append("option").text(option);
    return field;
  };
  const category = select("Class", exampleCategories, (index) => {
    store.select(null);
    store.look({ category: index, step: null });
  });
  const area = select("Size", areaNames, (index) => store.look({ area: areaNames[index]! }));
  const limit = select("An image’s best", limits.map(String), (index) => {
    store.look({ maxDets: limits[index]! });
  });

  store.follow(({ view }) => {
    const text = thresholdText(view.threshold);
    thresholdWords.text(text);
    slider.property("value", view.threshold).attr("aria-valuetext", text);
    category.property("selectedIndex", view.category);
    area.property("selectedIndex", areaNames.indexOf(view.area));
    limit.property("selectedIndex", limits.indexOf(view.maxDets));
  });
  return element.node()!;
}
