import { group, line, type Selection } from "d3";
import type { ScatterPoint } from "../../../pageData/results.js";
import { chart, tenth } from "../../charts/drawing.js";
import { faintest, foreground } from "../../charts/palette.js";
import { placeLabels, type Segment } from "../../charts/placeLabels.js";
import { appendSymbol } from "../../charts/symbolMark.js";
import { label, outline } from "../../charts/text.js";
import { type CostAxis, costNames, costTitles } from "./costAxis.js";
import { drawDots } from "./dots.js";
import { muted, type ScatterLayout, scatterLayout } from "./layout.js";

interface ApScatterOptions {
  readonly width?: number;
  readonly height?: number;
  /** What AP is drawn against. */
  readonly axis?: CostAxis;
  /** Ids of the points that are not faded; all where absent. */
  readonly shown?: ReadonlySet<string>;
  /** Told the id of the point that the pointer or the keyboard is at; null when at none. */
  readonly touched?: (id: string | null) => void;
  readonly title?: string;
  /** For screen readers. */
  readonly description?: string;
}

type Group = Selection<SVGGElement, undefined, null, undefined>;

/**
 * Average precision against multiply-adds or parameters (log scale), families and series joined by lines.
 *
 * Families take their colour and mark in order of appearance, SpineNet's first; the second series of a drawing is
 * dashed and hollow. Arrow keys move from point to point; the pointer or focus shows the point's detail.
 */
export function apScatter(points: readonly ScatterPoint[], options: ApScatterOptions = {}): SVGSVGElement {
  const { width = 640, height = Math.round(Math.min(460, Math.max(340, width * 0.62))) } = options;
  const { axis = "multiplyAddsB", shown, touched } = options;
  const { title = `Average precision against ${costNames[axis]}`, description = "The table says the same." } =
    options;
  const layout = scatterLayout(points, width, height, axis, shown);
  const svg = chart("ap-scatter", width, height).attr(
    "style",
    "max-width: 100%; height: auto; overflow: visible",
  );
  const image = svg.append("g").attr("role", "img").attr("aria-label", `${title}. ${description}`);
  image.append("title").text(title);
  image.append("desc").text(description);
  drawAxes(image, layout, costTitles[axis]);
  const lines = drawLines(image, layout);
  drawKey(image, layout);
  drawLabels(image, layout, lines);
  drawDots(svg, layout, touched);
  return svg.node()!;
}

function drawAxes(image: Group, { frame, height, costs, precisions }: ScatterLayout, title: string): void {
  for (const [cost, at] of costs) {
    image.append("path").attr("d", `M${at},${frame.top}V${frame.bottom}`).attr("stroke", faintest);
    label(image, at, frame.bottom + 16, "middle", muted).text(cost.toLocaleString("en-US"));
  }
  for (const [precision, at] of precisions) {
    image.append("path").attr("d", `M${frame.left},${at}H${frame.right}`).attr("stroke", faintest);
    label(image, frame.left - 6, at, "end", muted)
      .attr("dy", "0.35em")
      .text(precision);
  }
  label(image, frame.right, height - 6, "end", muted).text(title);
  label(image, 2, frame.top - 8, "start", muted).text("↑ AP, percent");
}

/** Joins the points of each family and series. Returns the lines' segments. */
function drawLines(image: Group, layout: ScatterLayout): Segment[] {
  const { points, series, place, opacity } = layout;
  const segments: Segment[] = [];
  for (const [family, ofFamily] of group(points, (point) => point.family)) {
    for (const [name, alike] of group(ofFamily, (point) => point.series)) {
      const places = layout.byCost(alike).map(place);
      places.slice(1).forEach((to, index) => {
        segments.push([places[index]!, to]);
      });
      image
        .append("path")
        .attr("d", line()(places))
        .attr("fill", "none")
        .attr("stroke", layout.colour(family))
        .attr("stroke-width", 1.75)
        .attr("stroke-dasharray", series.indexOf(name) > 0 ? "5 4" : null)
        .attr("opacity", alike.every((point) => opacity(point) !== null) ? opacity(alike[0]!) : null);
    }
  }
  return segments;
}

function drawKey(image: Group, { frame, families, series, mark }: ScatterLayout): void {
  let left = frame.left;
  for (const family of families) {
    appendSymbol(image, mark(family, false), [left + 5, 12]);
    image
      .append("text")
      .attr("x", left + 16)
      .attr("y", 12)
      .attr("dy", "0.35em")
      .attr("fill", foreground)
      .text(family);
    left += 16 + family.length * 7.2 + 16;
  }
  if (series.length < 2) return;
  const key = series.map((name, index) => `${index === 0 ? "solid" : "dashed, hollow"}: ${name}`).join(" · ");
  label(image, frame.right, frame.top - 8, "end", muted).text(key);
}

/** Labels each point that has room for one. */
function drawLabels(
  image: Group,
  { points, frame, width, place, opacity }: ScatterLayout,
  lines: Segment[],
): void {
  const labels = placeLabels(
    points.map((point) => ({ x: place(point)[0], y: place(point)[1], text: point.label })),
    { frame: { ...frame, right: width - 2 }, fontSize: 12, lines },
  );
  points.forEach((point, index) => {
    const placed = labels[index];
    if (!placed) return;
    image
      .append("text")
      .attr("x", tenth(placed.x))
      .attr("y", tenth(placed.y))
      .attr("dy", "0.35em")
      .attr("text-anchor", placed.anchor)
      .attr("fill", foreground)
      .call(outline)
      .attr("opacity", opacity(point))
      .text(point.label);
  });
}
