import { create, type Selection } from "d3";
import type { CocoBox } from "../../../coco/types.js";
import { type BoxRef, boxOf, type Corner } from "./boxEdits.js";
import { exampleImages, imageSize, letterOf, photographSize } from "./example.js";
import type { ApShown, ApStore } from "./store.js";
import { boxSentence, outcomesByDetection, ranksByDetection, verdictSigns } from "./words.js";

interface ExampleImage {
  readonly element: SVGSVGElement;
  /** Focuses a box, if it is in this image. */
  focus(box: BoxRef): void;
}

interface Drawn {
  readonly ref: BoxRef;
  readonly key: string;
  readonly look: string;
  readonly tag: string;
  readonly sentence: string;
  readonly bbox: CocoBox;
}

const corners: readonly Corner[] = ["nw", "ne", "sw", "se"];
const tagHeight = 17;

/**
 * One image of the example with its boxes. What is to be found is white, with a letter; detections have their place in
 * the ranking and a line and sign for what became of them. Each box of the shown category can have the focus.
 */
export function exampleImage(image: number, store: ApStore): ExampleImage {
  const { title, left, top } = exampleImages[image]!;
  const { width, height } = imageSize;
  const svg = create<SVGSVGElement>("svg:svg")
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("role", "group")
    .attr("aria-label", `${title}, with its boxes`);
  svg
    .append("svg")
    .attr("width", width)
    .attr("height", height)
    .attr("aria-hidden", "true")
    .append("image")
    .attr("class", "photograph")
    .attr("x", -left)
    .attr("y", -top)
    .attr("width", photographSize.width)
    .attr("height", photographSize.height);
  const others = svg.append("g").attr("class", "other-boxes").attr("aria-hidden", "true");
  const boxes = svg.append("g");
  const tags = svg.append("g").attr("aria-hidden", "true");
  const grip = svg.append("g").attr("class", "grip").attr("aria-hidden", "true");

  store.follow((shown) => {
    const drawn = drawnOf(shown, image);
    drawBoxes(boxes, drawn, store.select);
    drawTags(tags, drawn);
    drawOthers(others, shown, image);
    drawGrip(grip, shown, image);
  });
  store.followPointed((detection) => {
    svg.classed("pointing", detection !== null);
    svg
      .selectAll<SVGElement, Drawn>(".example-box, .example-tag")
      .classed("pointed", ({ key }) => key === `detection-${detection}`);
  });
  return {
    element: svg.node()!,
    focus({ kind, index }) {
      svg.select<SVGGElement>(`[data-box="${kind}-${index}"]`).node()?.focus({ preventScroll: true });
    },
  };
}

type Group = Selection<SVGGElement, undefined, null, undefined>;

function drawnOf(shown: ApShown, image: number): Drawn[] {
  const { example, view, matching, taken, selected } = shown;
  const outcomes = outcomesByDetection(shown);
  const ranks = ranksByDetection(shown);
  const length = taken.points.length;
  const isHere = (box: { readonly image: number; readonly category: number }) =>
    box.image === image && box.category === view.category;
  const drawn = (ref: BoxRef, look: string, tag: string): Drawn => {
    const key = `${ref.kind}-${ref.index}`;
    const isSelected = selected?.kind === ref.kind && selected.index === ref.index;
    return {
      ref,
      key,
      look: `${ref.kind} ${look}${isSelected ? " selected" : ""}`,
      tag,
      sentence: boxSentence(shown, ref),
      bbox: boxOf(example, ref).bbox,
    };
  };
  const objects = example.objects.flatMap((object, index) => {
    if (!isHere(object)) return [];
    const rank = matching.takenBy.get(index);
    const state =
      object.mark !== "counted"
        ? object.mark
        : !matching.positives.includes(index)
          ? "ignored"
          : rank !== undefined && rank < length
            ? "found"
            : "missed";
    return [drawn({ kind: "object", index }, state, letterOf(example, index))];
  });
  const detections = example.detections.flatMap((detection, index) => {
    const outcome = outcomes.get(index);
    if (!isHere(detection) || outcome === undefined) return [];
    const rank = ranks.get(index);
    const place = rank === undefined ? "" : rank > length ? " later" : rank === view.step ? " latest" : "";
    const sign = verdictSigns[outcome.verdict];
    return [drawn({ kind: "detection", index }, outcome.verdict + place, `${rank ?? ""}${sign}`)];
  });
  return [...objects, ...detections];
}

function drawBoxes(group: Group, drawn: readonly Drawn[], focused: (box: BoxRef) => void): void {
  const boxes = group
    .selectAll<SVGGElement, Drawn>("g")
    .data(drawn, ({ key }) => key)
    .join((enter) => {
      const box = enter
        .append("g")
        .attr("tabindex", 0)
        .attr("role", "button")
        .attr("aria-roledescription", "movable box")
        .attr("data-box", ({ key }) => key);
      box.append("rect").attr("class", "ground");
      box.append("rect").attr("class", "line");
      return box;
    })
    .attr("class", ({ look }) => `example-box ${look}`)
    .attr("aria-label", ({ sentence }) => sentence)
    .on("focus", (_, { ref }) => focused(ref));
  boxes.select<SVGRectElement>(".ground").call(placeRects);
  boxes.select<SVGRectElement>(".line").call(placeRects);
}

function placeRects<Datum extends { readonly bbox: CocoBox }>(
  rects: Selection<SVGRectElement, Datum, SVGGElement, undefined>,
): void {
  rects
    .attr("x", ({ bbox }) => bbox[0])
    .attr("y", ({ bbox }) => bbox[1])
    .attr("width", ({ bbox }) => bbox[2])
    .attr("height", ({ bbox }) => bbox[3]);
}

/** Objects have theirs at the top left, detections at the bottom right: outside, or inside at the image's border. */
function drawTags(group: Group, drawn: readonly Drawn[]): void {
  const width = ({ tag }: Drawn) => 7 + 7.5 * tag.length;
  const place = (entry: Drawn): readonly [x: number, y: number] => {
    const [x, y, boxWidth, boxHeight] = entry.bbox;
    if (entry.ref.kind === "object") {
      return [Math.min(x, imageSize.width - width(entry)), y < tagHeight ? y : y - tagHeight];
    }
    const bottom = y + boxHeight;
    return [
      Math.max(x + boxWidth - width(entry), 0),
      bottom + tagHeight > imageSize.height ? bottom - tagHeight : bottom,
    ];
  };
  const tags = group
    .selectAll<SVGGElement, Drawn>("g")
    .data(drawn, ({ key }) => key)
    .join((enter) => {
      const tag = enter.append("g").attr("data-tag", ({ key }) => key);
      tag.append("rect").attr("height", tagHeight).attr("rx", 2);
      tag.append("text").attr("y", 12.8).attr("text-anchor", "middle");
      return tag;
    })
    .attr("class", ({ look }) => `example-tag ${look}`)
    .attr("transform", (entry) => `translate(${place(entry)})`);
  tags.select("rect").attr("width", width);
  tags
    .select("text")
    .attr("x", (entry) => width(entry) / 2)
    .text(({ tag }) => tag);
}

function drawOthers(group: Group, { example, view }: ApShown, image: number): void {
  const boxes = [
    ...example.objects.map((box) => ({ ...box, kind: "object" })),
    ...example.detections.map((box) => ({ ...box, kind: "detection" })),
  ].filter((box) => box.image === image && box.category !== view.category);
  group
    .selectAll<SVGRectElement, unknown>("rect")
    .data(boxes)
    .join("rect")
    .attr("class", ({ kind }) => kind)
    .call(placeRects);
}

/** What the pointer takes hold of: the chosen box itself, and its corners a little outside. */
function drawGrip(group: Group, { example, selected }: ApShown, image: number): void {
  const box = selected === null ? null : boxOf(example, selected);
  const isHere = selected !== null && box !== null && box.image === image;
  const [x, y, width, height] = box?.bbox ?? [0, 0, 0, 0];
  group
    .selectAll<SVGRectElement, unknown>("rect")
    .data(isHere ? [box] : [])
    .join("rect")
    .attr("class", "hold")
    .call(placeRects);
  const handles = group
    .selectAll<SVGGElement, Corner>("g")
    .data(isHere ? corners : [])
    .join((enter) => {
      const handle = enter.append("g").attr("data-corner", (corner) => corner);
      handle.append("circle").attr("class", "reach").attr("r", 13);
      handle.append("circle").attr("class", "knob").attr("r", 5);
      return handle;
    });
  handles.attr("transform", (corner) => {
    const across = corner.endsWith("w") ? x : x + width;
    const down = corner.startsWith("n") ? y : y + height;
    return `translate(${across},${down})`;
  });
  handles
    .select(".reach")
    .attr("cx", (corner) => (corner.endsWith("w") ? -5 : 5))
    .attr("cy", (corner) => (corner.startsWith("n") ? -5 : 5));
}
