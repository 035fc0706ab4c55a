import { create } from "d3";
import type { Depth } from "../../architecture/graph/depth.js";
import type { Pointing } from "../page/pointAtEachOther.js";
import { whenSized } from "../page/whenSized.js";
import { type DepthMoment, depthMoments, type MomentName, momentPointing } from "./depthMoments.js";
import { depthPanel } from "./depthPanel.js";
import { depthTable } from "./depthTable.js";
import { depthTrack, markPlace, trackPlaces } from "./depthTrack.js";
import {
  cellsWords,
  fieldWords,
  isDone,
  smallObjects,
  smallWords,
  stageAt,
  stageName,
  stageSentence,
} from "./depthWords.js";
import { harbourObjects } from "./harbourObjects.js";

export interface DepthScrubberOptions {
  /** The stage shown first; by default the one at which the permuted network makes its finest output. */
  readonly place?: number;
  /** Address of the harbour's photograph. */
  readonly photograph: string;
  /** In pixels, until the element is laid out. Below 720 the pictures stand one above the other. */
  readonly width?: number;
  readonly changed?: (place: number) => void;
}

export interface DepthScrubber {
  readonly element: HTMLElement;
  /** What the words of a text, by their `data-shows`, stand for in the figure. */
  readonly pointing: Pointing;
  show(place: number): void;
  /** Lets words of a text, pressed, move the scrubber; returns what ends it. */
  followWords(text: HTMLElement): () => void;
}

const leastWidthBeside = 720;
const gap = 32;

/** The last stage that the scrubber goes to. */
export function lastPlace(depths: readonly Depth[]): number {
  return Math.max(...depths.map(({ stages }) => stages.length)) - 1;
}

/** Where the untouched page stands: the permuted network has its finest output, the other one is at its bottom. */
export function usualPlace(decreasing: Depth, permuted: Depth): number {
  return depthMoments(decreasing, permuted).apart.place;
}

/** Two networks along their depth: one scrubber, how fine each is, and both maps over one photograph. */
export function depthScrubber(
  depths: readonly [decreasing: Depth, permuted: Depth],
  { photograph, width: givenWidth = 960, changed, ...options }: DepthScrubberOptions,
): DepthScrubber {
  const moments = depthMoments(...depths);
  const last = lastPlace(depths);
  let place = options.place ?? moments.apart.place;
  let width = givenWidth;

  const figure = create<HTMLElement>("figure")
    .attr("class", "depth-scrubber wide")
    .attr("aria-label", `${depths[0].model} and ${depths[1].model} along their depth`)
    .attr("aria-describedby", "depth-scrubber-caption");
  const track = figure.append("div").attr("class", "depth-track-place");
  const label = figure.append("label");
  label.append("span").text("Depth");
  const range = label
    .append("input")
    .attr("type", "range")
    .attr("min", 0)
    .attr("max", last)
    .attr("step", 1)
    .on("input", () => move(Number(range.property("value"))));
  const panels = figure.append("div").attr("class", "depth-panels");
  const panelOf = depths.map(() => panels.append("div"));
  figure
    .append("figcaption")
    .attr("id", "depth-scrubber-caption")
    .text(
      "White lines bound the map’s cells. The filled one lies on the boatman’s face; what is not dark, within the frame " +
        "of the same colour, is what it can see. Dashed and numbered: objects smaller than a cell, that is, neither as " +
        "wide nor as high. In the lines above, rings are maps that the head reads.",
    );
  const details = figure.append("details");
  details.append("summary").text("Every stage in a table");
  details.append(() => depthTable(depths, "Both networks, step by step"));

  let drawn = depthTrack(depths, { width, place });
  const layOut = (): void => {
    const { gutter, pace } = trackPlaces(depths, width);
    // The thumb's middle is to stand below the stage's.
    label.style("--before", `${gutter + pace / 2}px`).style("--length", `${pace * last}px`);
    drawn = depthTrack(depths, { width, place });
    track.node()!.replaceChildren(drawn);
    panels.classed("beside", width >= leastWidthBeside);
  };
  const draw = (): void => {
    range.property("value", place).attr("aria-valuetext", placeSentence(depths, place));
    markPlace(drawn, depths, place);
    const panelWidth = width >= leastWidthBeside ? (width - gap) / 2 : width;
    depths.forEach((depth, index) => {
      const drawing = depthPanel(depth, place, { width: panelWidth, photograph });
      const [title, facts] = [titleOf(depth, place), factsOf(depth, place)];
      panelOf[index]!.node()!.replaceChildren(title, drawing, facts);
    });
    figure.selectAll<HTMLElement, unknown>(".depth-table tr[data-step]").attr("aria-current", function () {
      const network = Number(this.dataset.network);
      const end = depths[network]!.stages.length - 1;
      return Number(this.dataset.step) === Math.min(place, end) ? "step" : null;
    });
  };
  const show = (next: number): void => {
    place = next;
    draw();
  };
  const move = (next: number): void => {
    if (next === place) return;
    show(next);
    changed?.(place);
  };
  track.on("click", (event: MouseEvent) => {
    const hit =
      event.target instanceof Element ? event.target.closest<SVGElement>("[data-step], [data-place]") : null;
    const chosen = hit?.dataset.step ?? hit?.dataset.place;
    if (chosen !== undefined) move(Number(chosen));
  });
  layOut();
  draw();
  whenSized(track.node()!, (now) => {
    if (now === width) return;
    width = now;
    layOut();
    draw();
  });
  return {
    element: figure.node()!,
    pointing: {
      ...momentPointing(moments),
      grid: ".depth-panel .grid",
      field: ".depth-panel .field",
      small: ".depth-panel .too-small, .depth-small",
    },
    show,
    followWords(text) {
      const pressed = ({ target }: Event): void => {
        const word = target instanceof Element ? target.closest<HTMLElement>("button[data-shows]") : null;
        const led = placeOf(moments, word?.dataset.shows);
        if (led !== undefined) move(led);
      };
      text.addEventListener("click", pressed);
      return () => text.removeEventListener("click", pressed);
    },
  };
}

/** Where a word leads: its moment's stage; for small objects, the bottom of the network that only coarsens. */
function placeOf(
  moments: Readonly<Record<MomentName, DepthMoment>>,
  name: string | undefined,
): number | undefined {
  const places = new Map<string | undefined, number>(
    Object.entries(moments).map(([moment, { place }]) => [moment, place]),
  );
  return name === "small" ? moments.bottom.place : places.get(name);
}

function placeSentence(depths: readonly Depth[], place: number): string {
  const sentences = depths.map((depth) => {
    const stage = stageAt(depth, place);
    const small = `${smallObjects(stage, depth).length} of ${harbourObjects.length} objects are smaller than a cell.`;
    return `${stageSentence(stage, depth)} ${small}${isDone(depth, place) ? " All its maps are made." : ""}`;
  });
  return `Stage ${place} of ${lastPlace(depths)}. ${sentences.join(" ")}`;
}

function titleOf(depth: Depth, place: number): HTMLElement {
  const stage = stageAt(depth, place);
  return create<HTMLElement>("p")
    .attr("class", "depth-title")
    .text(`${depth.model}: ${stageName(stage)}, level ${stage.level}`)
    .node()!;
}

function factsOf(depth: Depth, place: number): HTMLElement {
  const stage = stageAt(depth, place);
  const facts = create<HTMLElement>("div").attr("class", "depth-facts");
  const done = isDone(depth, place) ? " All its maps are made; this was the last." : "";
  facts
    .append("p")
    .text(
      `${cellsWords(stage)} cells of ${stage.stride} pixels; a cell sees ${fieldWords(stage, depth)}.${done}`,
    );
  facts.append("p").attr("class", "depth-small").text(smallWords(stage, depth));
  return facts.node()!;
}
