import { create } from "d3";
import type { ScatterPoint } from "../../../pageData/results.js";
import { drawnToWidth } from "../../page/drawnToWidth.js";
import { type CostAxis, costAxes, costNames } from "./costAxis.js";
import { apScatter } from "./scatter.js";

interface ApScatterFigureOptions {
  readonly title: (cost: string) => string;
  readonly description: string;
  /** Told which axis the reader chose. */
  readonly changed: (axis: CostAxis) => void;
  /** Told the id of the point that the pointer or the keyboard is at; null when at none. */
  readonly touched: (id: string | null) => void;
}

interface ApScatterFigure {
  readonly node: HTMLElement;
  /** @param shown ids of the points that are not faded */
  show(axis: CostAxis, shown: ReadonlySet<string>): void;
  /** Rings the point of an id, or none. */
  light(id: string | null): void;
}

/** The drawing of average precision against a cost, as wide as its place, with a switch between the costs. */
export function apScatterFigure(
  points: readonly ScatterPoint[],
  { title, description, changed, touched }: ApScatterFigureOptions,
): ApScatterFigure {
  let axis: CostAxis = "multiplyAddsB";
  let shown: ReadonlySet<string> = new Set(points.map(({ id }) => id));
  const figure = create<HTMLElement>("figure").attr("class", "ap-scatter-figure wide");
  const choice = costChoice((chosen) => {
    axis = chosen;
    draw();
    changed(chosen);
  });
  figure.append(() => choice);
  const frame = figure.append("div").node()!;
  const draw = drawnToWidth(frame, (width) => {
    for (const radio of choice.querySelectorAll("input")) radio.checked = radio.value === axis;
    return apScatter(points, { axis, width, shown, touched, title: title(costNames[axis]), description });
  });
  draw();
  return {
    node: figure.node()!,
    show(wanted, visible) {
      const same =
        wanted === axis && visible.size === shown.size && [...visible].every((id) => shown.has(id));
      if (same) return;
      axis = wanted;
      shown = visible;
      draw();
    },
    light(id) {
      for (const dot of frame.querySelectorAll("[data-id]")) {
        dot.classList.toggle("lit", id !== null && dot.getAttribute("data-id") === id);
      }
    },
  };
}

function costChoice(chosen: (axis: CostAxis) => void): HTMLElement {
  const choice = create<HTMLElement>("fieldset");
  choice.append("legend").text("AP against");
  for (const axis of costAxes) {
    const label = choice.append("label");
    label
      .append("input")
      .attr("type", "radio")
      .attr("name", "ap-scatter-axis")
      .attr("value", axis)
      .on("change", () => chosen(axis));
    label.append("span").text(costNames[axis]);
  }
  return choice.node()!;
}
