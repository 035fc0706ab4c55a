import { html } from "htl";
import type { Depth } from "../../architecture/graph/depthStages.js";
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

interface DepthScrubberOptions {
  /** The stage shown first; by default the one at which the permuted network makes its finest output. */
  readonly place?: number;
  /** Address of the harbour's photograph. */
  readonly photograph: string;
  /** In pixels, until the element is laid out. Below 720 the pictures are one above the other. */
  readonly width?: number;
  readonly changed?: (place: number) => void;
}

interface DepthScrubber {
  readonly element: HTMLElement;
  /** What the words of a text, by their `data-shows`, point at in the figure. */
  readonly pointing: Pointing;
  show(place: number): void;
  /** Lets the words of a text move the scrubber when they are pressed. Returns what ends that. */
  followWords(text: HTMLElement): () => void;
}

const leastWidthBeside = 720;
const gap = 32;

/** The last stage that the scrubber goes to. */
export function lastPlace(depths: readonly Depth[]): number {
  return Math.max(...depths.map(({ stages }) => stages.length)) - 1;
}

/** The first stage shown: the permuted network has its finest output, the other one is at its coarsest level. */
export function usualPlace(decreasing: Depth, permuted: Depth): number {
  return depthMoments(decreasing, permuted).apart.place;
}

/** Two networks along their depth: one slider, the level of each, and both maps over one photograph. */
export function depthScrubber(
  depths: readonly [decreasing: Depth, permuted: Depth],
  { photograph, width: givenWidth = 960, changed, ...options }: DepthScrubberOptions,
): DepthScrubber {
  const moments = depthMoments(...depths);
  const last = lastPlace(depths);
  let place = options.place ?? moments.apart.place;
  let width = givenWidth;

  const track = html`<div class="depth-track-place"></div>`;
  const range = html<HTMLInputElement>`<input type="range" min="0" max=${last} step="1" ${{ oninput: () => move(Number(range.value)) }}>`;
  const label = html`<label><span>Depth</span>${range}</label>`;
  const panels = html`<div class="depth-panels">${depths.map(() => html`<div></div>`)}</div>`;
  const name = `${depths[0].model} and ${depths[1].model} along their depth`;
  const figure = html`<figure class="depth-scrubber wide" aria-label=${name} aria-describedby="depth-scrubber-caption">
    ${track}${label}${panels}
    <figcaption id="depth-scrubber-caption">White lines separate the map’s cells. The filled cell is the one on the boatman’s face; it sees what is not dark, inside the frame of the same colour. Dashed and numbered: objects smaller than a cell, that is, neither as wide nor as high. In the chart above, rings are maps that the head reads.</figcaption>
    <details><summary>Every stage in a table</summary>${depthTable(depths, "Both networks, stage by stage")}</details>
  </figure>`;

  let drawn = depthTrack(depths, { width, place });
  const layOut = (): void => {
    const { gutter, pace } = trackPlaces(depths, width);
    // Centres the slider's thumb below the stage.
    label.style.setProperty("--before", `${gutter + pace / 2}px`);
    label.style.setProperty("--length", `${pace * last}px`);
    drawn = depthTrack(depths, { width, place });
    track.replaceChildren(drawn);
    panels.classList.toggle("beside", width >= leastWidthBeside);
  };
  const draw = (): void => {
    range.value = String(place);
    range.setAttribute("aria-valuetext", placeSentence(depths, place));
    markPlace(drawn, depths, place);
    const panelWidth = width >= leastWidthBeside ? (width - gap) / 2 : width;
    depths.forEach((depth, index) => {
      const drawing = depthPanel(depth, place, { width: panelWidth, photograph });
      panels.children[index]!.replaceChildren(titleOf(depth, place), drawing, factsOf(depth, place));
    });
    for (const row of figure.querySelectorAll<HTMLElement>(".depth-table tr[data-step]")) {
      const end = depths[Number(row.dataset.network)]!.stages.length - 1;
      if (Number(row.dataset.step) === Math.min(place, end)) row.setAttribute("aria-current", "step");
      else row.removeAttribute("aria-current");
    }
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
  track.addEventListener("click", ({ target }) => {
    const hit = target instanceof Element ? target.closest<SVGElement>("[data-step], [data-place]") : null;
    const chosen = hit?.dataset.step ?? hit?.dataset.place;
    if (chosen !== undefined) move(Number(chosen));
  });
  layOut();
  draw();
  whenSized(track, (now) => {
    if (now === width) return;
    width = now;
    layOut();
    draw();
  });
  return {
    element: figure,
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
    return `${stageSentence(stage, depth)} ${small}${isDone(depth, place) ? " All its maps are computed." : ""}`;
  });
  return `Stage ${place} of ${lastPlace(depths)}. ${sentences.join(" ")}`;
}

function titleOf(depth: Depth, place: number): HTMLElement {
  const stage = stageAt(depth, place);
  return html`<p class="depth-title">${depth.model}: ${stageName(stage)}, level ${stage.level}</p>`;
}

function factsOf(depth: Depth, place: number): HTMLElement {
  const stage = stageAt(depth, place);
  const done = isDone(depth, place) ? " All its maps are computed; this was the last." : "";
  return html`<div class="depth-facts">
    <p>${cellsWords(stage)} cells of ${stage.stride} pixels; a cell sees ${fieldWords(stage, depth)}.${done}</p>
    <p class="depth-small">${smallWords(stage, depth)}</p>
  </div>`;
}
