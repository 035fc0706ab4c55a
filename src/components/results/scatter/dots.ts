import { least, pointer } from "d3";
import type { ScatterPoint } from "../../../pageData/results.js";
import type { Drawing } from "../../charts/drawing.js";
import { appendSymbol } from "../../charts/symbolMark.js";
import { drawPointDetail, pointSentence } from "./detail.js";
import type { ScatterLayout } from "./layout.js";

/** How near the pointer must be to a point, in pixels. */
const reach = 24;

/**
 * Draws the points, which arrow keys go through from left to right, and the detail of the one that the pointer or the
 * keyboard is at.
 */
export function drawDots(
  svg: Drawing,
  layout: ScatterLayout,
  touched: ((id: string | null) => void) | undefined,
): void {
  const { points, series, place } = layout;
  const dots = svg
    .append("g")
    .attr("role", "group")
    .attr("aria-label", "Models, arrow keys walk through them");
  const detail = svg.append("g").attr("class", "ap-scatter-detail").attr("pointer-events", "none");
  let detailed: ScatterPoint | null = null;

  const elements = layout.byCost(points).map(
    (point, index) =>
      appendSymbol(dots, layout.mark(point.family, series.indexOf(point.series) > 0), place(point))
        .attr("role", "img")
        .attr("tabindex", index === 0 ? 0 : -1)
        .attr("data-id", point.id)
        .attr("opacity", layout.opacity(point))
        .attr("aria-label", pointSentence(point))
        .on("focus", () => showDetail(point))
        .on("blur", () => showDetail(null))
        .on("keydown", (event: KeyboardEvent) => {
          const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          const next = elements[(index + step + elements.length) % elements.length]!;
          for (const element of elements) element.setAttribute("tabindex", element === next ? "0" : "-1");
          next.focus();
        })
        .node()!,
  );
  svg.on("pointermove", (event: PointerEvent) => {
    const [pointerX, pointerY] = pointer(event);
    const distance = (point: ScatterPoint): number => {
      const [x, y] = place(point);
      return Math.hypot(x - pointerX, y - pointerY);
    };
    const nearest = least(points, distance);
    showDetail(nearest !== undefined && distance(nearest) < reach ? nearest : null);
  });
  svg.on("pointerleave", () => showDetail(null));

  function showDetail(point: ScatterPoint | null): void {
    if (point === detailed) return;
    detailed = point;
    detail.selectChildren().remove();
    if (point !== null) drawPointDetail(detail, point, place(point), layout);
    touched?.(point?.id ?? null);
  }
}
