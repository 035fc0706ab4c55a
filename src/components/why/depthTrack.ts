import { range } from "d3";
import { svg } from "htl";
import type { Depth } from "../../architecture/graph/depthStages.js";
import type { Level } from "../../architecture/model/level.js";
import { tenth } from "../charts/drawing.js";
import { levelColour, levelInk } from "../diagram/levelColour.js";
import { stageName } from "./depthWords.js";

/** Where a track's stages are drawn, so that a scrubber below can point at them. */
interface TrackPlaces {
  /** Pixels before the first stage. */
  readonly gutter: number;
  /** Pixels per stage. */
  readonly pace: number;
  readonly stages: number;
}

interface DepthTrackOptions {
  /** In pixels. */
  readonly width?: number;
  /** The chosen stage. */
  readonly place: number;
}

const levels = [2, 3, 4, 5, 6, 7] as const satisfies readonly Level[];
const [titleHeight, strip, between] = [20, 12, 12] as const;
const rowHeight = titleHeight + levels.length * strip;

const style = `
.depth-track { font: 11px var(--sans-serif, sans-serif); font-variant-numeric: lining-nums tabular-nums; fill: var(--theme-foreground, #1b1e23); }
.depth-track .network { font-size: 13px; font-weight: 600; }
.depth-track .side { fill: var(--theme-foreground-muted, #5f6368); text-anchor: end; }
.depth-track .level { font-weight: 600; }
.depth-track .strips { stroke: var(--theme-foreground-faintest, #ddd); }
.depth-track .riser { stroke: var(--theme-foreground-muted, #5f6368); }
.depth-track .map { stroke: currentColor; stroke-width: 5; }
.depth-track .read { fill: var(--theme-background, #fff); stroke: currentColor; stroke-width: 2; }
.depth-track .hit { fill: none; pointer-events: all; cursor: pointer; }
.depth-track .place { fill: var(--theme-foreground-focus, #2b51b0); fill-opacity: 0.14; stroke: var(--theme-foreground-focus, #2b51b0); }
`;

export function trackPlaces(depths: readonly Depth[], width: number): TrackPlaces {
  const gutter = 54;
  const stages = Math.max(...depths.map((depth) => depth.stages.length));
  return { gutter, stages, pace: (width - gutter - 2) / stages };
}

/**
 * The levels of networks' maps along their depth: a line for each network that goes up where maps get coarser and down
 * where they get finer, as in the block diagrams, rings where the head reads, and a band across both at the chosen stage.
 */
export function depthTrack(
  depths: readonly Depth[],
  { width = 960, place }: DepthTrackOptions,
): SVGSVGElement {
  const places = trackPlaces(depths, width);
  const height = depths.length * rowHeight + (depths.length - 1) * between + 2;
  const label = `How fine maps are along depth. ${depths.map(trackSentence).join(" ")}`;
  const paceWidth = tenth(places.pace);
  const track = svg<SVGSVGElement>`<svg class="depth-track" viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" aria-label=${label}>
    <style>${style}</style>
    <rect class="place" y="1" width=${paceWidth} height=${height - 2}></rect>
    ${range(places.stages).map(
      (stage) =>
        svg`<rect class="hit" data-place=${stage} x=${xOf(stage, places)} width=${paceWidth} height=${height}></rect>`,
    )}
    ${depths.map((depth, network) => {
      const top = network * (rowHeight + between);
      return svg`<g transform="translate(0,${top})">
        <text class="network" y="13">${depth.model}</text>
        ${levels.map((level) => levelLine(level, depth, places))}
        ${depth.stages.map((_, index) => stageLines(depth, index, network, places))}
      </g>`;
    })}
  </svg>`;
  markPlace(track, depths, place);
  return track;
}

function levelLine(level: Level, { size }: Depth, places: TrackPlaces): DocumentFragment {
  const y = yOf(level);
  return svg.fragment`
    <line class="strips" x1=${places.gutter} x2=${xOf(places.stages, places)} y1=${y} y2=${y}></line>
    <text class="level" y=${y} dy="0.36em" fill=${levelInk(level)}>L${level}</text>
    <text class="side" x=${places.gutter - 8} y=${y} dy="0.36em">${size[0] / 2 ** level}</text>`;
}

/** A stage's map, after a riser from the level of the stage before. */
function stageLines(
  { stages }: Depth,
  index: number,
  network: number,
  places: TrackPlaces,
): DocumentFragment {
  const { level, output } = stages[index]!;
  const before = stages[index - 1] ?? stages[index]!;
  const [x, y] = [xOf(index, places), yOf(level)];
  const riser = svg`<line class="riser" x1=${x} x2=${x} y1=${yOf(before.level)} y2=${y}></line>`;
  const radius = Math.min(4.5, tenth(places.pace / 2.6));
  const ring = svg`<circle class="read" cx=${tenth(x + places.pace / 2)} cy=${y} r=${radius}></circle>`;
  return svg.fragment`${before.level === level ? null : riser}
    <g class="step" data-network=${network} data-step=${index} style=${{ color: levelColour(level) }}>
      <line class="map" x1=${x} x2=${xOf(index + 1, places)} y1=${y} y2=${y}></line>
      ${output ? ring : null}
    </g>`;
}

function xOf(stage: number, { gutter, pace }: TrackPlaces): number {
  return tenth(gutter + stage * pace);
}

function yOf(level: number): number {
  return titleHeight + (levels.at(-1)! - level + 0.5) * strip;
}

/** Moves a track's band to another stage; everything else stays, including what is lit. */
export function markPlace(track: SVGSVGElement, depths: readonly Depth[], place: number): void {
  const { gutter, pace, stages } = trackPlaces(depths, Number(track.getAttribute("width")));
  const left = gutter + Math.min(place, stages - 1) * pace;
  track.querySelector(".place")!.setAttribute("x", String(tenth(left)));
}

function trackSentence({ model, stages }: Depth): string {
  return `${model}: ${stages.map((stage) => `${stageName(stage)} level ${stage.level}`).join(", ")}.`;
}
