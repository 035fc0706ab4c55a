import type { Selection } from "d3-selection";
import type { Description } from "../../architecture/costs/description.js";
import type { BlockKind } from "../../architecture/model/model.js";
import { blockShape, kindNames } from "./blockShape.js";

interface Entry {
  readonly text: string;
  readonly mark:
    | { readonly block: BlockKind; readonly output?: boolean; readonly unused?: boolean }
    | { readonly connection: string }
    | { readonly pyramid: true };
}

const lineHeight = 24;
const markWidth = 30;

/** Height that the legend takes below a drawing of this width, in pixels. */
export function legendHeight(description: Description, width: number): number {
  const lines = placed(description, width);
  return 18 + lineHeight * (lines.at(-1)!.line + 1);
}

/** Says what shapes and lines mean: only those that occur. */
export function diagramLegend(
  group: Selection<SVGGElement, undefined, null, undefined>,
  description: Description,
  top: number,
  width: number,
): void {
  group.attr("class", "legend").attr("aria-hidden", "true");
  for (const { entry, x, line } of placed(description, width)) {
    const item = group.append("g").attr("transform", `translate(${x},${top + 22 + line * lineHeight})`);
    drawMark(item.append("g").attr("transform", "translate(12,0)"), entry.mark);
    item.append("text").attr("x", markWidth).attr("dy", "0.34em").text(entry.text);
  }
}

type Mark = Selection<SVGGElement, undefined, null, undefined>;

/** Every entry there is, whatever a network has of it, with what draws its mark around (0, 0). */
export function legendItems(): { text: string; draw: (mark: Mark) => void }[] {
  const entries: Entry[] = [
    { text: "bottleneck", mark: { block: "bottleneck" } },
    { text: "residual", mark: { block: "residual" } },
    { text: "output", mark: { block: "bottleneck", output: true } },
    { text: "reaches no output", mark: { block: "bottleneck", unused: true } },
    { text: "resampled", mark: { connection: "same" } },
    { text: "direct", mark: { connection: "direct" } },
    { text: "added as it is", mark: { connection: "dangling" } },
    { text: "endpoint or pyramid", mark: { pyramid: true } },
  ];
  return entries.map(({ text, mark }) => ({ text, draw: (group) => drawMark(group, mark) }));
}

function drawMark(group: Mark, mark: Entry["mark"]): void {
  if ("connection" in mark) {
    group.attr("class", `edge ${mark.connection}`);
    group.append("path").attr("class", "line").attr("d", "M-12,0H7");
    group.append("path").attr("class", "head").attr("d", "M12,0L6,-2.8L6,2.8Z");
  } else if ("pyramid" in mark) {
    group.attr("class", "part pyramid");
    group.append("rect").attr("x", -10).attr("y", -7).attr("width", 20).attr("height", 14).attr("rx", 7);
  } else {
    const { block, output, unused } = mark;
    group.attr("class", `block${output ? " output" : ""}${unused ? " unused" : ""}`);
    group
      .append("path")
      .attr("class", "shape")
      .attr("d", blockShape(block, 20, 14));
  }
}

function placed(description: Description, width: number): { entry: Entry; x: number; line: number }[] {
  let [x, line] = [6, 0];
  return entriesOf(description).map((entry) => {
    // Letters of twelve pixels are about six and a half wide.
    const wide = markWidth + entry.text.length * 6.5 + 18;
    if (x > 6 && x + wide > width) [x, line] = [6, line + 1];
    const here = { entry, x, line };
    x += wide;
    return here;
  });
}

function entriesOf({ blocks, connections, family, pyramid }: Description): Entry[] {
  const kinds = [...new Set(blocks.map(({ kind }) => kind))].toSorted();
  const some = (kind: string): boolean => connections.some((connection) => connection.kind === kind);
  const entries: Entry[] = kinds.map((kind) => ({ text: kindNames[kind], mark: { block: kind } }));
  if (blocks.some(({ output }) => output)) {
    entries.push({ text: "output", mark: { block: kinds[0]!, output: true } });
  }
  if (blocks.some(({ used }) => !used)) {
    entries.push({ text: "reaches no output", mark: { block: kinds[0]!, unused: true } });
  }
  if (family !== "resnet") entries.push({ text: "resampled", mark: { connection: "same" } });
  if (some("direct")) entries.push({ text: "direct", mark: { connection: "direct" } });
  if (some("dangling")) entries.push({ text: "added as it is", mark: { connection: "dangling" } });
  if (pyramid.length > 0) {
    entries.push({ text: family === "resnet" ? "feature pyramid" : "endpoint", mark: { pyramid: true } });
  }
  return entries;
}
