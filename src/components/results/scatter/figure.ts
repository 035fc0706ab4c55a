import { create } from "d3";
import type { ScatterPoint } from "../../../pageData/results.js";
import { whenSized, widthOf } from "../../page/whenSized.js";
import { type CostAxis, costAxes, costNames } from "./costAxis.js";
import { apScatter } from "./scatter.js";

export interface ApScatterFigureOptions {
  readonly title: (cost: string) => string;
  readonly description: string;
  /** Told of the axis that the reader takes. */
  readonly changed: (axis: CostAxis) => void;
  /** Told the id of the point that the pointer or the keyboard is at; null when at none. */
  readonly touched: (id: string | null) => void;
}

export interface ApScatterFigure {
  readonly node: HTMLElement;
  /** @param shown ids of the points that are not faded */
  show(axis: CostAxis, shown: ReadonlySet<string>): void;
  /** Rings the point of an id, or none. */
  light(id: string | null): void;
}

/** The drawing of average precision against a cost, as wide as it is let be, with a switch between the costs. */
export function apScatterFigure(
  points: readonly ScatterPoint[],
  { title, description, changed, touched }: ApScatterFigureOptions,
): ApScatterFigure {
  let axis: CostAxis = "multiplyAddsB";
  let shown: ReadonlySet<string> = new Set(points.map(({ id }) => id));
  let width = 0;
  const figure = create<HTMLElement>("figure").attr("class", "ap-scatter-figure wide");
  const choice = figure.append("fieldset");
  choice.append("legend").text("AP against");
  const radios = costAxes.map((one) => {
    const label = choice.append("label");
    const radio = label
      .append("input")
      .attr("type", "radio")
      .attr("name", "ap-scatter-axis")
      .on("change", () => {
        axis = one;
        draw();
        changed(one);
      });
    label.append("span").text(costNames[one]);
    return { one, radio };
  });
  const frame = figure.append("div");
  let drawing = apScatter(points, { axis });

  function draw(): void {
    for (const { one, radio } of radios) radio.property("checked", one === axis);
    drawing = apScatter(points, { axis, width, shown, touched, title: title(costNames[axis]), description });
    frame.node()!.replaceChildren(drawing);
  }

  whenSized(frame.node()!, (wide) => {
    if (wide === width) return;
    width = wide;
    draw();
  });
  width = widthOf(frame.node()!);
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
      for (const dot of drawing.querySelectorAll("[data-id]")) {
        dot.classList.toggle("lit", id !== null && dot.getAttribute("data-id") === id);
      }
    },
  };
}
