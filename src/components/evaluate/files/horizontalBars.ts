import { create, max, type Selection, scaleLinear } from "d3";

export interface BarRow {
  readonly name: string;
  /** One a set; null where there is none, which is said in place of a bar. */
  readonly values: readonly (number | null)[];
  /** Short, told at the right where there is room. */
  readonly note: string;
}

export interface HorizontalBarsOptions {
  readonly width?: number;
  readonly title: string;
  readonly description?: string;
  /** What a full bar is worth; the greatest value when absent. */
  readonly most?: number;
  /** Told where a row has no value. */
  readonly without?: string;
  /** The row that is chosen, and what happens when another is pointed at; the same must be possible by keyboard. */
  readonly chosen?: string | null;
  readonly picked?: (name: string) => void;
}

const foreground = "var(--theme-foreground, #1b1e23)";
const muted = "var(--theme-foreground-muted, #5f6368)";
const faintest = "var(--theme-foreground-faintest, #dddddd)";
const background = "var(--theme-background, #ffffff)";

/** Two sets are told apart by hue, and by a bar being filled or hollow. */
export const setColours = ["var(--results-first, #2b51b0)", "var(--results-second, #b4530a)"] as const;

const letterWidth = 6.4;
const barHeight = 10;

/** A bar for each value of each row, rows one under the other, the sets' bars of a row close together. */
export function horizontalBars(
  rows: readonly BarRow[],
  { width = 640, title, description, most, without = "none", chosen, picked }: HorizontalBarsOptions,
): SVGSVGElement {
  const sets = max(rows, ({ values }) => values.length) ?? 1;
  const rowHeight = sets * (barHeight + 3) + 9;
  const longest = max(rows, ({ name }) => name.length) ?? 0;
  const nameWidth = Math.ceil(Math.min(longest * letterWidth + 8, width * 0.34));
  const longestNote = max(rows, ({ note }) => note.length) ?? 0;
  const noteWidth = width < 480 ? 0 : Math.round(longestNote * letterWidth + 8);
  const height = rows.length * rowHeight;
  const greatest = most ?? max(rows, ({ values }) => max(values, (value) => value ?? 0)) ?? 0;
  const x = scaleLinear([0, greatest > 0 ? greatest : 1], [nameWidth, width - noteWidth - 42]);
  const round = (value: number): number => Math.round(value * 10) / 10;

  const svg = create<SVGSVGElement>("svg:svg")
    .attr("class", "horizontal-bars")
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("width", width)
    .attr("height", height)
    .attr("font-family", "var(--sans-serif, system-ui, sans-serif)")
    .attr("font-size", 12)
    .attr("role", "img")
    .attr("aria-label", description === undefined ? title : `${title}. ${description}`);
  svg.append("title").text(title);
  svg.append("path").attr("d", `M${nameWidth},0V${height}`).attr("stroke", faintest);
  rows.forEach((row, index) => {
    const group = svg
      .append("g")
      .attr("data-name", row.name)
      .attr("transform", `translate(0,${index * rowHeight})`);
    group
      .append("rect")
      .attr("class", row.name === chosen ? "row chosen" : "row")
      .attr("width", width)
      .attr("height", rowHeight)
      .attr("fill", row.name === chosen ? faintest : "transparent");
    drawNames(group, row);
    row.values.forEach((value, set) => {
      drawBar(group, value, set, 5 + set * (barHeight + 3));
    });
    if (picked) group.attr("cursor", "pointer").on("click", () => picked(row.name));
  });
  return svg.node()!;

  function drawNames(
    group: Selection<SVGGElement, undefined, null, undefined>,
    { name, note }: BarRow,
  ): void {
    const room = Math.floor((nameWidth - 8) / letterWidth);
    const shown = name.length > room ? `${name.slice(0, Math.max(room - 1, 1))}…` : name;
    const text = label(group, nameWidth - 8, "end")
      .attr("fill", foreground)
      .text(shown);
    if (shown !== name) text.append("title").text(name);
    if (noteWidth > 0) label(group, width, "end").attr("fill", muted).text(note);
  }

  function drawBar(
    group: Selection<SVGGElement, undefined, null, undefined>,
    value: number | null,
    set: number,
    top: number,
  ): void {
    const middle = top + barHeight / 2 + 4;
    if (value === null) {
      const words = group
        .append("text")
        .attr("x", nameWidth + 5)
        .attr("y", middle);
      words.attr("fill", muted).text(without);
      return;
    }
    const end = round(x(Math.max(value, 0)));
    const colour = setColours[set % setColours.length]!;
    const hollow = set > 0;
    group
      .append("rect")
      .attr("class", "bar")
      .attr("x", nameWidth + (hollow ? 0.75 : 0))
      .attr("y", top + (hollow ? 0.75 : 0))
      .attr("width", round(Math.max(end - nameWidth - (hollow ? 1.5 : 0), 0)))
      .attr("height", barHeight - (hollow ? 1.5 : 0))
      .attr("fill", hollow ? background : colour)
      .attr("stroke", hollow ? colour : null)
      .attr("stroke-width", hollow ? 1.5 : null);
    group
      .append("text")
      .attr("x", end + 5)
      .attr("y", middle)
      .attr("fill", foreground)
      .text(value.toFixed(3).replace("-", "−"));
  }

  function label(group: Selection<SVGGElement, undefined, null, undefined>, atX: number, anchor: string) {
    return group
      .append("text")
      .attr("x", atX)
      .attr("y", round(rowHeight / 2 + 4))
      .attr("text-anchor", anchor);
  }
}
