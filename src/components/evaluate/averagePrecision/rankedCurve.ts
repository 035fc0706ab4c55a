import { create } from "d3";
import { drawnToWidth } from "../../page/drawnToWidth.js";
import { moveByKeys } from "../../page/moveByKeys.js";
import { precisionRecallCurve } from "./precisionRecallCurve.js";
import { thresholdText } from "./settings.js";
import type { ApStore } from "./store.js";

/** The ranking's precision-recall curve, whose points can be pointed at. */
export function rankedCurve(store: ApStore): HTMLElement {
  const place = create("div").attr("class", "curve-place");
  const draw = drawnToWidth(place.node()!, (width) => {
    const { taken, whole, view } = store.shown;
    const svg = precisionRecallCurve(taken, whole, {
      width,
      height: Math.round(Math.min(380, Math.max(280, width * 0.72))),
      name: `AP at IoU ${thresholdText(view.threshold)}`,
    });
    const points = [...svg.querySelectorAll<SVGGElement>(".curve-point")];
    for (const point of points) {
      point.addEventListener("pointerenter", () => store.point(detectionOf(point)));
      point.addEventListener("pointerleave", () => store.point(null));
    }
    moveByKeys(points, {
      focused: (index) => store.point(detectionOf(points[index]!)),
      left: () => store.point(null),
    });
    return svg;
  });
  store.follow(draw);
  store.followPointed((detection) => {
    place.selectAll<SVGGElement, unknown>(".curve-point").classed("pointed", function () {
      return detectionOf(this) === detection;
    });
  });
  return place.node()!;
}

const detectionOf = (point: SVGGElement) => Number(point.getAttribute("data-detection"));
