import { max, type Selection, scaleLinear } from "d3";
import { shownText } from "../../../text/shownText.js";
import { chart, describeImage, tenth } from "../../charts/drawing.js";
import { background, faintest, foreground, muted, setColours } from "../../charts/palette.js";
import { label } from "../../charts/text.js";

export interface BarRow {
  readonly name: string;
  /** One per set; null where there is none, which is said in place of a bar. */
  readonly values: readonly (number | null)[];
  /** Short, shown at the right where there is room. */
  readonly note: string;
}

interface HorizontalBarsOptions {
  readonly width?: number;
  readonly title: string;
  readonly description?: string;
  /** What a full bar is worth; the greatest value when absent. */
  readonly most?: number;
  /** Shown where a row has no value. */
  readonly without?: string;
  /** The row that is chosen, and what happens when another is pointed at; the same must be possible by keyboard. */
  readonly chosen?: string | null;
  readonly picked?: (name: string) => void;
}

const letterWidth = 6.4;
const barHeight = 10;

type Layout = ReturnType<typeof layoutOf>;
type Group = Selection<SVGGElement, undefined, null, undefined>;

/** A bar for each value of each row, rows below one another, the sets' bars of a row close together. */
export function horizontalBars(
  rows: readonly BarRow[],
  { width = 640, title, description, most, without = "none", chosen, picked }: HorizontalBarsOptions,
): SVGSVGElement {
  const layout = layoutOf(rows, width, most);
  const { nameWidth, rowHeight } = layout;
  const height = rows.length * rowHeight;
  const svg = chart("horizontal-bars", width, height);
  describeImage(svg, title, description);
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
    drawNames(group, row, layout);
    row.values.forEach((value, set) => {
      const top = 5 + set * (barHeight + 3);
      if (value !== null) drawBar(group, value, set, top, layout);
      else drawValue(group, nameWidth, top, muted).text(without);
    });
    if (picked) group.attr("cursor", "pointer").on("click", () => picked(row.name));
  });
  return svg.node()!;
}

function layoutOf(rows: readonly BarRow[], width: number, most: number | undefined) {
  const sets = max(rows, ({ values }) => values.length) ?? 1;
  const longest = max(rows, ({ name }) => name.length) ?? 0;
  const nameWidth = Math.ceil(Math.min(longest * letterWidth + 8, width * 0.34));
  const longestNote = max(rows, ({ note }) => note.length) ?? 0;
  // Notes have no room on a phone.
  const noteWidth = width < 480 ? 0 : Math.round(longestNote * letterWidth + 8);
  const greatest = most ?? max(rows, ({ values }) => max(values, (value) => value ?? 0)) ?? 0;
  const x = scaleLinear([0, greatest > 0 ? greatest : 1], [nameWidth, width - noteWidth - 42]);
  return { width, nameWidth, noteWidth, rowHeight: sets * (barHeight + 3) + 9, x };
}

function drawNames(
  group: Group,
  { name, note }: BarRow,
  { width, nameWidth, noteWidth, rowHeight }: Layout,
): void {
  const middle = tenth(rowHeight / 2 + 4);
  const room = Math.floor((nameWidth - 8) / letterWidth);
  const shown = shownText(name, Math.max(room, 2));
  const text = label(group, nameWidth - 8, middle, "end", foreground).text(shown);
  if (shown !== name) text.append("title").text(shownText(name));
  if (noteWidth > 0) label(group, width, middle, "end").text(note);
}

function drawBar(group: Group, value: number, set: number, top: number, { nameWidth, x }: Layout): void {
  const end = tenth(x(Math.max(value, 0)));
  const colour = setColours[set % setColours.length]!;
  const hollow = set > 0;
  group
    .append("rect")
    .attr("class", "bar")
    .attr("x", nameWidth + (hollow ? 0.75 : 0))
    .attr("y", top + (hollow ? 0.75 : 0))
    .attr("width", tenth(Math.max(end - nameWidth - (hollow ? 1.5 : 0), 0)))
    .attr("height", barHeight - (hollow ? 1.5 : 0))
    .attr("fill", hollow ? background : colour)
    .attr("stroke", hollow ? colour : null)
    .attr("stroke-width", hollow ? 1.5 : null);
  drawValue(group, end, top, foreground).text(value.toFixed(3).replace("-", "−"));
}

function drawValue(group: Group, x: number, top: number, colour: string) {
  return group
    .append("text")
    .attr("x", x + 5)
    .attr("y", top + barHeight / 2 + 4)
    .attr("fill", colour);
}
