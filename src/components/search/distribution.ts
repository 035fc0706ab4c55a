import { bin, create, max, range, type Selection, scaleLinear, scaleLog, symbol } from "d3";
import { type MarkShape, markSymbols } from "./markShape.js";

export interface DistributionMark {
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
  /** Told to readers of screens with the title: what the values are, where the marks stand. */
  readonly description: string;
  readonly marks: readonly DistributionMark[];
  readonly format: (value: number) => string;
  /** What the values are multiples of: each multiple then has a bar of its own. */
  readonly step?: number;
  readonly logarithmic?: boolean;
}

const rowHeight = 18;
const barsHeight = 54;
const [titleHeight, lineHeight, axisHeight, side] = [26, 15, 20, 6] as const;
const characterWidth = 6.4;
/** In lines of running text, where narrow letters make up for wide ones. */
const proseCharacterWidth = 5.6;
const [foreground, muted, bar] = [
  "var(--theme-foreground, #1b1e23)",
  "var(--theme-foreground-muted, #5d6067)",
  "var(--theme-foreground-fainter, #bbb)",
];

/** Values as a histogram, and above it, each on a line of its own, where some single ones stand among them. */
export function distribution(
  values: readonly number[],
  { width = 480, title, meaning, description, marks, format, step, logarithmic = false }: DistributionOptions,
): SVGSVGElement {
  const meaningLines = meaning === undefined ? [] : linesOf(meaning, width);
  const top = titleHeight + meaningLines.length * lineHeight;
  const baseline = top + marks.length * rowHeight + barsHeight;
  const height = baseline + axisHeight;
  const all = [...values, ...marks.map(({ value }) => value)];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const margin = step !== undefined ? step / 2 : logarithmic ? 0 : (high - low) * 0.01;
  const x = (logarithmic ? scaleLog() : scaleLinear())
    .domain([low - margin, high + margin])
    .range([side, width - side]);
  const round = (value: number): number => Math.round(value * 10) / 10;
  const at = (value: number): number => round(x(value));

  const svg = create<SVGSVGElement>("svg:svg")
    .attr("class", "distribution")
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("width", width)
    .attr("height", height)
    .attr("role", "img")
    .attr("aria-label", `${title}. ${description}`)
    .attr("font-family", "var(--sans-serif, system-ui, sans-serif)")
    .attr("font-size", 12);
  svg
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
  drawBars();
  drawAxis();
  marks.forEach(drawMark);
  return svg.node()!;

  function drawBars(): void {
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
      .attr("x", ({ x0 }) => round(x(x0!) + 0.5))
      .attr("y", ({ length }) => round(baseline - y(length)))
      .attr("width", ({ x0, x1 }) => round(Math.max(0.5, x(x1!) - x(x0!) - 1)))
      .attr("height", ({ length }) => round(y(length)));
  }

  function drawAxis(): void {
    svg
      .append("path")
      .attr("d", `M0,${baseline + 0.5}H${width}`)
      .attr("stroke", muted);
    const ticks = logarithmic ? powersAndFives(low, high) : x.ticks(Math.min(6, Math.floor(width / 70)));
    for (const tick of ticks.filter((tick) => step !== 1 || Number.isInteger(tick))) {
      svg
        .append("text")
        .attr("x", at(tick))
        .attr("y", baseline + 15)
        .attr("text-anchor", "middle")
        .attr("fill", muted)
        .text(shortTick(tick, format));
    }
  }

  /** Where the lines of marks above a row are, between two places. */
  function linesAcross(from: number, to: number, row: number): number[] {
    const lines = marks.slice(0, row).map(({ value }) => at(value));
    return lines.filter((line) => line > from && line < to);
  }

  /** Whether a label goes left of its symbol: where there is no room right, or lines of marks above would cross it. */
  function standsBefore(across: number, length: number, row: number): boolean {
    if (across + length > width) return true;
    if (across - length < 0) return false;
    const right = linesAcross(across + 3, across + length, row);
    return right.length > linesAcross(across - length, across - 3, row).length;
  }

  /** A line that a label cannot keep clear of stops above it and goes on below. */
  function interruptLines(from: number, to: number, row: number, down: number): void {
    for (const line of new Set(linesAcross(from, to, row))) {
      svg
        .append("rect")
        .attr("class", "gap")
        .attr("x", round(line - 2))
        .attr("y", down - rowHeight / 2 + 1)
        .attr("width", 4)
        .attr("height", rowHeight - 2)
        .attr("fill", "var(--theme-background, white)");
    }
  }

  function drawMark({ label, value, shape }: DistributionMark, row: number): void {
    const [across, down] = [at(value), top + row * rowHeight + rowHeight / 2];
    const length = (label.length + 1 + format(value).length) * characterWidth + 9;
    const before = standsBefore(across, length, row);
    interruptLines(before ? across - length : across + 3, before ? across - 3 : across + length, row, down);
    const colour = row === 0 ? foreground : muted;
    svg
      .append("path")
      .attr("d", `M${across},${down}V${baseline}`)
      .attr("stroke", colour)
      .attr("stroke-width", row === 0 ? 1.25 : 0.75);
    drawSymbol(svg, shape, colour, across, down);
    const text = svg
      .append("text")
      .attr("x", across + (before ? -9 : 9))
      .attr("y", down)
      .attr("dy", "0.35em")
      .attr("text-anchor", before ? "end" : "start")
      .attr("fill", colour)
      .attr("stroke", "var(--theme-background, white)")
      .attr("stroke-width", 3)
      .attr("stroke-linejoin", "round")
      .attr("paint-order", "stroke");
    text
      .append("tspan")
      .attr("font-weight", row === 0 ? 600 : null)
      .text(`${label} `);
    text.append("tspan").text(format(value));
  }
}

function drawSymbol(
  svg: Selection<SVGSVGElement, undefined, null, undefined>,
  shape: MarkShape,
  colour: string,
  across: number,
  down: number,
): void {
  const { type, filled } = markSymbols[shape];
  svg
    .append("path")
    .attr("d", symbol(type, 44).digits(1)())
    .attr("transform", `translate(${across},${down})`)
    .attr("fill", filled ? colour : "var(--theme-background, white)")
    .attr("stroke", colour)
    .attr("stroke-width", 1.5);
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
