import { bin, max, range, scaleLinear, scaleLog } from "d3";
import { type Drawing, describeImage, drawing, setType, tenth } from "../../charts/drawing.js";
import { foreground } from "../../charts/palette.js";
import { appendSymbol } from "../../charts/symbolMark.js";
import { label as appendLabel, outline } from "../../charts/text.js";
import { type MarkShape, markSymbols } from "./markShape.js";

interface DistributionMark {
  readonly label: string;
  readonly value: number;
  readonly shape: MarkShape;
}

export interface DistributionOptions {
  /** In pixels. */
  readonly width?: number;
  readonly title: string;
  /** What the values are, in lines below the title. */
  readonly meaning?: string;
  /** For screen readers, after the title: what the values are, where the marks are. */
  readonly description: string;
  readonly marks: readonly DistributionMark[];
  readonly format: (value: number) => string;
  /** What the values are multiples of: each multiple then has its own bar. */
  readonly step?: number;
  readonly logarithmic?: boolean;
}

type Layout = ReturnType<typeof layoutOf>;

const rowHeight = 18;
const barsHeight = 54;
const [titleHeight, lineHeight, axisHeight, side] = [26, 15, 20, 6] as const;
const characterWidth = 6.4;
/** In lines of running text, where narrow letters make up for wide ones. */
const proseCharacterWidth = 5.6;
const [muted, bar, background] = [
  "var(--theme-foreground-muted, #5d6067)",
  "var(--theme-foreground-fainter, #bbb)",
  "var(--theme-background, white)",
];

/** Values as a histogram, and above it some single ones among them, each on its own line. */
export function distribution(values: readonly number[], options: DistributionOptions): SVGSVGElement {
  const { width = 480, title, meaning, description, marks } = options;
  const meaningLines = meaning === undefined ? [] : linesOf(meaning, width);
  const top = titleHeight + meaningLines.length * lineHeight;
  const layout = layoutOf(values, options, width, top);
  const svg = drawing("distribution", width, layout.baseline + axisHeight);
  describeImage(svg, title, description);
  svg
    .call(setType)
    .append("text")
    .attr("x", 0)
    .attr("y", 14)
    .attr("font-size", 14)
    .attr("font-weight", 600)
    .attr("fill", foreground)
    .text(title);
  meaningLines.forEach((line, index) => {
    svg
      .append("text")
      .attr("class", "meaning")
      .attr("x", 0)
      .attr("y", titleHeight + 4 + index * lineHeight)
      .attr("fill", muted)
      .text(line);
  });
  drawBars(svg, layout, values, options.step);
  drawAxis(svg, layout, options);
  marks.forEach((_, row) => {
    drawMark(svg, layout, options, row);
  });
  return svg.node()!;
}

function layoutOf(
  values: readonly number[],
  { marks, step, logarithmic = false }: DistributionOptions,
  width: number,
  top: number,
) {
  const all = [...values, ...marks.map(({ value }) => value)];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const margin = step !== undefined ? step / 2 : logarithmic ? 0 : (high - low) * 0.01;
  const x = (logarithmic ? scaleLog() : scaleLinear())
    .domain([low - margin, high + margin])
    .range([side, width - side]);
  const baseline = top + marks.length * rowHeight + barsHeight;
  return { width, top, baseline, low, high, x, at: (value: number) => tenth(x(value)) };
}

function drawBars(
  svg: Drawing,
  { width, baseline, low, high, x }: Layout,
  values: readonly number[],
  step: number | undefined,
): void {
  const [first, last] = x.domain();
  const limits =
    step !== undefined
      ? range(low + step / 2, high + step / 2, step)
      : range(1, 40).map((part) => x.invert(side + ((width - 2 * side) * part) / 40));
  const bins = bin().domain([first!, last!]).thresholds(limits)(values);
  const y = scaleLinear([0, max(bins, ({ length }) => length) ?? 1], [0, barsHeight - 6]);
  svg
    .append("g")
    .attr("fill", bar)
    .selectAll("rect")
    .data(bins.filter(({ length }) => length > 0))
    .join("rect")
    .attr("x", ({ x0 }) => tenth(x(x0!) + 0.5))
    .attr("y", ({ length }) => tenth(baseline - y(length)))
    .attr("width", ({ x0, x1 }) => tenth(Math.max(0.5, x(x1!) - x(x0!) - 1)))
    .attr("height", ({ length }) => tenth(y(length)));
}

function drawAxis(
  svg: Drawing,
  { width, baseline, low, high, x, at }: Layout,
  { step, logarithmic, format }: DistributionOptions,
): void {
  svg
    .append("path")
    .attr("d", `M0,${baseline + 0.5}H${width}`)
    .attr("stroke", muted);
  const ticks = logarithmic ? powersAndFives(low, high) : x.ticks(Math.min(6, Math.floor(width / 70)));
  for (const tick of ticks.filter((tick) => step !== 1 || Number.isInteger(tick))) {
    appendLabel(svg, at(tick), baseline + 15, "middle", muted).text(shortTick(tick, format));
  }
}

function drawMark(svg: Drawing, layout: Layout, { marks, format }: DistributionOptions, row: number): void {
  const { label, value, shape } = marks[row]!;
  const [across, down] = [layout.at(value), layout.top + row * rowHeight + rowHeight / 2];
  const length = (label.length + 1 + format(value).length) * characterWidth + 9;
  const linesAbove = marks.slice(0, row).map((mark) => layout.at(mark.value));
  const before = goesBefore(across, length, linesAbove, layout.width);
  const [from, to] = before ? [across - length, across - 3] : [across + 3, across + length];
  interruptLines(svg, between(linesAbove, from, to), down);
  const colour = row === 0 ? foreground : muted;
  svg
    .append("path")
    .attr("d", `M${across},${down}V${layout.baseline}`)
    .attr("stroke", colour)
    .attr("stroke-width", row === 0 ? 1.25 : 0.75);
  const { type, filled } = markSymbols[shape];
  const symbol = { type, area: 44, fill: filled ? colour : background, stroke: colour, strokeWidth: 1.5 };
  appendSymbol(svg, symbol, [across, down]);
  const text = svg
    .append("text")
    .attr("x", across + (before ? -9 : 9))
    .attr("y", down)
    .attr("dy", "0.35em")
    .attr("text-anchor", before ? "end" : "start")
    .attr("fill", colour)
    .call(outline, 3, background);
  text
    .append("tspan")
    .attr("font-weight", row === 0 ? 600 : null)
    .text(`${label} `);
  text.append("tspan").text(format(value));
}

/** Whether a label goes left of its symbol: if there is no room right, or more lines of marks above would cross it. */
function goesBefore(across: number, length: number, linesAbove: readonly number[], width: number): boolean {
  if (across + length > width) return true;
  if (across - length < 0) return false;
  const right = between(linesAbove, across + 3, across + length);
  return right.length > between(linesAbove, across - length, across - 3).length;
}

/** A line that a label cannot avoid stops above it and continues below. */
function interruptLines(svg: Drawing, lines: readonly number[], down: number): void {
  for (const line of new Set(lines)) {
    svg
      .append("rect")
      .attr("class", "gap")
      .attr("x", tenth(line - 2))
      .attr("y", down - rowHeight / 2 + 1)
      .attr("width", 4)
      .attr("height", rowHeight - 2)
      .attr("fill", background);
  }
}

function between(lines: readonly number[], from: number, to: number): number[] {
  return lines.filter((line) => line > from && line < to);
}

/** Words in lines that fit a width in pixels. */
function linesOf(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (longer.length * proseCharacterWidth > width && lines.at(-1) !== "") lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

/** 10, 20, 50, 100, … between two values. */
function powersAndFives(low: number, high: number): number[] {
  const ticks: number[] = [];
  for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10) {
    ticks.push(...[power, 2 * power, 5 * power].filter((tick) => tick >= low && tick <= high));
  }
  return ticks;
}

/** An axis needs no decimals that are zero: 85 B, not 85.0 B. */
function shortTick(tick: number, format: (value: number) => string): string {
  return format(tick)
    .replace(/\.0+(?!\d)/, "")
    .replace(/(\.\d*[1-9])0+(?!\d)/, "$1");
}
