import {
  create,
  extent,
  group,
  line,
  pointer,
  type Selection,
  type SymbolType,
  scaleLinear,
  scaleLog,
  symbol,
  symbolCircle,
  symbolSquare,
  symbolTriangle,
} from "d3";
import { placeLabels } from "../../charts/placeLabels.js";
import { type CostAxis, costNames, costTicks, costTitles } from "./costAxis.js";
import { drawPointDetail, pointSentence } from "./detail.js";
import type { ApScatterPoint } from "./point.js";

export interface ApScatterOptions {
  readonly width?: number;
  readonly height?: number;
  /** What AP is drawn against. */
  readonly axis?: CostAxis;
  /** Ids of the points that are not faded; all where absent. */
  readonly shown?: ReadonlySet<string>;
  /** Told the id of the point that the pointer or the keyboard is at; null when at none. */
  readonly touched?: (id: string | null) => void;
  readonly title?: string;
  /** Told to readers who do not see the drawing. */
  readonly description?: string;
}

interface Mark {
  readonly color: string;
  readonly shape: SymbolType;
}

/** Fallbacks keep 3:1 against white and against near-black. */
const marks: readonly Mark[] = [
  { color: "var(--family-spinenet, #d0502a)", shape: symbolCircle },
  { color: "var(--family-resnet, #2f7fb8)", shape: symbolSquare },
  { color: "var(--family-nas, #8a6fc4)", shape: symbolTriangle },
];

const fadedOpacity = 0.25;

const foreground = "var(--theme-foreground, #1b1e23)";
const muted = "var(--theme-foreground-muted, #6b6e73)";
const faintest = "var(--theme-foreground-faintest, #dddddd)";
const background = "var(--theme-background, #ffffff)";

/**
 * Average precision against multiply-adds or parameters (log scale), families and series joined by lines.
 *
 * Families take their colour and mark in order of appearance, SpineNet's first; the second series of a drawing is
 * dashed and hollow. Arrow keys walk from point to point; the pointer or focus shows the point's detail.
 */
export function apScatter(points: readonly ApScatterPoint[], options: ApScatterOptions = {}): SVGSVGElement {
  const { width = 640, height = Math.round(Math.min(460, Math.max(340, width * 0.62))) } = options;
  const { axis = "multiplyAddsB", shown, touched } = options;
  const { title = `Average precision against ${costNames[axis]}`, description = "The table says the same." } =
    options;
  const frame = { left: 40, top: 48, right: width - 10, bottom: height - 40 };
  const [cheapest = 1, dearest = 10] = extent(points, (point) => point[axis]);
  const [lowest = 0, highest = 100] = extent(points, ({ AP }) => AP);
  const x = scaleLog([cheapest / 1.25, dearest * 1.25], [frame.left, frame.right]);
  const y = scaleLinear([Math.floor(lowest - 1), Math.ceil(highest + 1)], [frame.bottom, frame.top]);
  const families = [...new Set(points.map(({ family }) => family))];
  const series = [...new Set(points.map((point) => point.series))];
  const byCost = (a: ApScatterPoint, b: ApScatterPoint): number => a[axis] - b[axis] || a.AP - b.AP;
  const faded = ({ id }: ApScatterPoint): number | null => (shown?.has(id) === false ? fadedOpacity : null);
  const markOf = (family: string): Mark => marks[families.indexOf(family) % marks.length]!;
  const round = (value: number): number => Math.round(value * 10) / 10;
  const place = (point: ApScatterPoint): [number, number] => [round(x(point[axis])), round(y(point.AP))];

  const svg = create<SVGSVGElement>("svg:svg")
    .attr("class", "ap-scatter")
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("width", width)
    .attr("height", height)
    .attr("font-family", "var(--sans-serif, system-ui, sans-serif)")
    .attr("font-size", 12)
    .attr("style", "max-width: 100%; height: auto; overflow: visible");
  const drawing = svg.append("g").attr("role", "img").attr("aria-label", `${title}. ${description}`);
  drawing.append("title").text(title);
  drawing.append("desc").text(description);

  drawAxes();
  const lines = drawLines();
  drawKey();
  const labels = placeLabels(
    points.map((point) => ({ x: place(point)[0], y: place(point)[1], text: point.label })),
    { frame: { ...frame, right: width - 2 }, fontSize: 12, lines },
  );
  points.forEach((point, index) => {
    const label = labels[index];
    if (!label) return;
    drawing
      .append("text")
      .attr("x", round(label.x))
      .attr("y", round(label.y))
      .attr("dy", "0.35em")
      .attr("text-anchor", label.anchor)
      .attr("fill", foreground)
      .attr("stroke", background)
      .attr("stroke-width", 3)
      .attr("stroke-linejoin", "round")
      .attr("paint-order", "stroke")
      .attr("opacity", faded(point))
      .text(point.label);
  });
  drawPoints();
  return svg.node()!;

  function drawAxes(): void {
    for (const cost of costTicks([cheapest / 1.25, dearest * 1.25])) {
      const at = round(x(cost));
      drawing.append("path").attr("d", `M${at},${frame.top}V${frame.bottom}`).attr("stroke", faintest);
      tick(at, frame.bottom + 16, "middle").text(cost.toLocaleString("en-US"));
    }
    for (const precision of y.ticks(5)) {
      const at = round(y(precision));
      drawing.append("path").attr("d", `M${frame.left},${at}H${frame.right}`).attr("stroke", faintest);
      tick(frame.left - 6, at, "end")
        .attr("dy", "0.35em")
        .text(precision);
    }
    tick(frame.right, height - 6, "end").text(costTitles[axis]);
    tick(2, frame.top - 8, "start").text("↑ AP, percent");
  }

  function tick(atX: number, atY: number, anchor: string) {
    return drawing
      .append("text")
      .attr("x", atX)
      .attr("y", atY)
      .attr("text-anchor", anchor)
      .attr("fill", muted);
  }

  function drawLines(): [[number, number], [number, number]][] {
    const ends: [[number, number], [number, number]][] = [];
    for (const [family, ofFamily] of group(points, (point) => point.family)) {
      for (const [name, alike] of group(ofFamily, (point) => point.series)) {
        const places = alike.toSorted(byCost).map(place);
        places.slice(1).forEach((to, index) => {
          ends.push([places[index]!, to]);
        });
        drawing
          .append("path")
          .attr("d", line()(places))
          .attr("fill", "none")
          .attr("stroke", markOf(family).color)
          .attr("stroke-width", 1.75)
          .attr("stroke-dasharray", series.indexOf(name) > 0 ? "5 4" : null)
          .attr("opacity", alike.every((point) => faded(point) !== null) ? fadedOpacity : null);
      }
    }
    return ends;
  }

  function drawKey(): void {
    let left = frame.left;
    for (const family of families) {
      drawSymbol(drawing, family, false, [left + 5, 12]);
      drawing
        .append("text")
        .attr("x", left + 16)
        .attr("y", 12)
        .attr("dy", "0.35em")
        .attr("fill", foreground)
        .text(family);
      left += 16 + family.length * 7.2 + 16;
    }
    if (series.length < 2) return;
    const key = series
      .map((name, index) => `${index === 0 ? "solid" : "dashed, hollow"}: ${name}`)
      .join(" · ");
    tick(frame.right, frame.top - 8, "end").text(key);
  }

  function drawSymbol(
    parent: Selection<SVGGElement, undefined, null, undefined>,
    family: string,
    hollow: boolean,
    [atX, atY]: readonly [number, number],
  ) {
    const { color, shape } = markOf(family);
    return parent
      .append("path")
      .attr("d", symbol(shape, 64).digits(1)())
      .attr("transform", `translate(${atX},${atY})`)
      .attr("fill", hollow ? background : color)
      .attr("stroke", color)
      .attr("stroke-width", 1.75);
  }

  function drawPoints(): void {
    const dots = svg
      .append("g")
      .attr("role", "group")
      .attr("aria-label", "Models, arrow keys walk through them");
    const detail = svg.append("g").attr("class", "ap-scatter-detail").attr("pointer-events", "none");
    // From left to right, which is the way the arrow keys go.
    const walked = points.toSorted(byCost);
    const elements = walked.map((point, index) => {
      const dot = drawSymbol(dots, point.family, series.indexOf(point.series) > 0, place(point))
        .attr("role", "img")
        .attr("tabindex", index === 0 ? 0 : -1)
        .attr("data-id", point.id)
        .attr("opacity", faded(point))
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
        });
      return dot.node()!;
    });
    svg.on("pointermove", (event: PointerEvent) => {
      const [pointerX, pointerY] = pointer(event);
      const distance = (point: ApScatterPoint): number => {
        const [pointX, pointY] = place(point);
        return Math.hypot(pointX - pointerX, pointY - pointerY);
      };
      const nearest = points.toSorted((a, b) => distance(a) - distance(b))[0];
      showDetail(nearest !== undefined && distance(nearest) < 24 ? nearest : null);
    });
    svg.on("pointerleave", () => showDetail(null));
    let detailed: ApScatterPoint | null = null;

    function showDetail(point: ApScatterPoint | null): void {
      if (point === detailed) return;
      detailed = point;
      if (point === null) detail.selectChildren().remove();
      else {
        const [atX, atY] = place(point);
        drawPointDetail(detail, point, { x: atX, y: atY, width, height });
      }
      touched?.(point?.id ?? null);
    }
  }
}
