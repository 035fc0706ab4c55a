import { type BaseType, type Selection, scaleLinear } from "d3";
import { type Box, tenth } from "./drawing.js";
import { faintest } from "./palette.js";
import { label } from "./text.js";

export type PrecisionRecallScales = ReturnType<typeof precisionRecallScales>;

/** Coordinates of precision, from 0 to 1 upwards, and of recall, from 0 to 1 to the right. */
export function precisionRecallScales(frame: Box) {
  const x = scaleLinear([0, 1], [frame.left, frame.right]);
  const y = scaleLinear([0, 1], [frame.bottom, frame.top]);
  return { frame, x: (recall: number) => tenth(x(recall)), y: (precision: number) => tenth(y(precision)) };
}

/** @param titles where the words on recall and on precision go, vertically */
export function drawPrecisionRecallAxes<Element extends BaseType>(
  parent: Selection<Element, undefined, null, undefined>,
  { frame: { left, right, bottom }, x, y }: PrecisionRecallScales,
  titles: { readonly recall: number; readonly precision: number },
): void {
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    parent
      .append("path")
      .attr("d", `M${left},${y(tick)}H${right}`)
      .attr("stroke", faintest);
    label(parent, left - 6, y(tick) + 4, "end").text(tick);
    label(parent, x(tick), bottom + 16, "middle").text(tick);
  }
  label(parent, right, titles.recall, "end").text("recall →");
  label(parent, 2, titles.precision, "start").text("↑ precision");
}
