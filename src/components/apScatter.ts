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
import { placeLabels } from "./placeLabels.js";

export interface ApScatterPoint {
  readonly model: string;
  /** Short enough to stand beside the point. */
  readonly label: string;
  readonly family: string;
  /** Points of one family and series are joined by a line: models trained alike. */
  readonly series: string;
  readonly multiplyAddsB: number;
  /** Percent. */
  readonly AP: number;
  /** Told with the point: resolution, parameters, source. */
  readonly detail: string;
}

export interface ApScatterOptions {
  readonly width?: number;
  readonly height?: number;
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

const foreground = "var(--theme-foreground, #1b1e23)";
const muted = "var(--theme-foreground-muted, #6b6e73)";
const faintest = "var(--theme-foreground-faintest, #dddddd)";
const background = "var(--theme-background, #ffffff)";

/**
 * Average precision against multiply-adds (log scale), families and series joined by lines.
 *
 * Families take their colour and mark in order of appearance, SpineNet's first; the second series of a drawing is
 * dashed and hollow. Arrow keys walk from point to point; the pointer or focus shows the point's detail.
 */
export function apScatter(points: readonly ApScatterPoint[], options: ApScatterOptions = {}): SVGSVGElement {
  const { width = 640, height = Math.round(Math.min(460, Math.max(340, width * 0.62))) } = options;
  const { title = "Average precision against multiply-adds", description = "The table says the same." } =
    options;
  const frame = { left: 40, top: 48, right: width - 10, bottom: height - 40 };
  const [cheapest = 1, dearest = 10] = extent(points, ({ multiplyAddsB }) => multiplyAddsB);
  const [lowest = 0, highest = 100] = extent(points, ({ AP }) => AP);
  const x = scaleLog([cheapest / 1.25, dearest * 1.25], [frame.left, frame.right]);
  const y = scaleLinear([Math.floor(lowest - 1), Math.ceil(highest + 1)], [frame.bottom, frame.top]);
  const families = [...new Set(points.map(({ family }) => family))];
  const series = [...new Set(points.map((point) => point.series))];
  const markOf = (family: string): Mark => marks[families.indexOf(family) % marks.length]!;
  const round = (value: number): number => Math.round(value * 10) / 10;
  const place = (point: ApScatterPoint): [number, number] => [
    round(x(point.multiplyAddsB)),
    round(y(point.AP)),
  ];

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
      .text(point.label);
  });
  drawPoints();
  return svg.node()!;

  function drawAxes(): void {
    const costs = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
    for (const cost of costs.filter((tick) => tick >= x.domain()[0]! && tick <= x.domain()[1]!)) {
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
    tick(frame.right, height - 6, "end").text("multiply-adds an image, billions (log scale) →");
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
        const places = alike.toSorted((a, b) => a.multiplyAddsB - b.multiplyAddsB).map(place);
        places.slice(1).forEach((to, index) => {
          ends.push([places[index]!, to]);
        });
        drawing
          .append("path")
          .attr("d", line()(places))
          .attr("fill", "none")
          .attr("stroke", markOf(family).color)
          .attr("stroke-width", 1.75)
          .attr("stroke-dasharray", series.indexOf(name) > 0 ? "5 4" : null);
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
    const walked = points.toSorted((a, b) => a.multiplyAddsB - b.multiplyAddsB || a.AP - b.AP);
    const elements = walked.map((point, index) => {
      const dot = drawSymbol(dots, point.family, series.indexOf(point.series) > 0, place(point))
        .attr("role", "img")
        .attr("tabindex", index === 0 ? 0 : -1)
        .attr("aria-label", sentence(point))
        .on("focus", () => showDetail(point))
        .on("blur", () => detail.selectChildren().remove())
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
      if (nearest !== undefined && distance(nearest) < 24) showDetail(nearest);
      else detail.selectChildren().remove();
    });
    svg.on("pointerleave", () => detail.selectChildren().remove());

    function showDetail(point: ApScatterPoint): void {
      detail.selectChildren().remove();
      const [pointX, pointY] = place(point);
      const texts = [
        `${point.model}, ${point.series}`,
        `AP ${point.AP.toFixed(1)} · ${point.multiplyAddsB}B multiply-adds`,
        point.detail,
      ];
      const boxWidth = Math.min(width - 8, Math.max(...texts.map(({ length }) => length)) * 6.6 + 16);
      const boxLeft = Math.max(4, Math.min(width - boxWidth - 4, pointX - boxWidth / 2));
      const boxTop = pointY > height / 2 ? pointY - 70 : pointY + 14;
      detail
        .append("circle")
        .attr("cx", pointX)
        .attr("cy", pointY)
        .attr("r", 9)
        .attr("fill", "none")
        .attr("stroke", foreground)
        .attr("stroke-width", 2);
      detail
        .append("rect")
        .attr("x", boxLeft)
        .attr("y", boxTop)
        .attr("width", boxWidth)
        .attr("height", 58)
        .attr("rx", 4)
        .attr("fill", background)
        .attr("stroke", muted);
      texts.forEach((words, index) => {
        detail
          .append("text")
          .attr("x", boxLeft + 8)
          .attr("y", boxTop + 17 + 17 * index)
          .attr("fill", index === 0 ? foreground : muted)
          .attr("font-weight", index === 0 ? 600 : null)
          .text(words);
      });
    }
  }
}

function sentence({ model, series, AP, multiplyAddsB, detail }: ApScatterPoint): string {
  return `${model}, ${series}: AP ${AP.toFixed(1)} at ${multiplyAddsB} billion multiply-adds; ${detail}`;
}
