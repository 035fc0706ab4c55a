import { range } from "d3";
import type { Depth } from "../../architecture/graph/depth.js";
import type { Level } from "../../architecture/model/level.js";
import { describeImage, drawing, tenth } from "../charts/drawing.js";
import { levelColour, levelInk } from "../diagram/levelColour.js";
import { stageName } from "./depthWords.js";

/** Where a track's stages lie, so that a scrubber below can point at them. */
export interface TrackPlaces {
  /** Pixels before the first stage. */
  readonly gutter: number;
  /** Pixels of one stage. */
  readonly pace: number;
  readonly stages: number;
}

export interface DepthTrackOptions {
  /** In pixels. */
  readonly width?: number;
  /** The stage that is looked at. */
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
 * How fine networks' maps are along their depth: a line for each that goes up where maps get coarser and down where they
 * get finer, as in the block diagrams, rings where the head reads, and a band across both at the stage that is looked at.
 */
export function depthTrack(
  depths: readonly Depth[],
  { width = 960, place }: DepthTrackOptions,
): SVGSVGElement {
  const { gutter, pace, stages } = trackPlaces(depths, width);
  const x = (stage: number): number => tenth(gutter + stage * pace);
  const height = depths.length * rowHeight + (depths.length - 1) * between + 2;
  const svg = drawing("depth-track", width, height);
  describeImage(svg, `How fine maps are along depth. ${depths.map(trackSentence).join(" ")}`);
  svg.append("style").text(style);
  svg
    .append("rect")
    .attr("class", "place")
    .attr("y", 1)
    .attr("width", tenth(pace))
    .attr("height", height - 2);
  for (const stage of range(stages)) {
    svg
      .append("rect")
      .attr("class", "hit")
      .attr("data-place", stage)
      .attr("x", x(stage))
      .attr("width", tenth(pace))
      .attr("height", height);
  }

  depths.forEach((depth, network) => {
    const row = svg.append("g").attr("transform", `translate(0,${network * (rowHeight + between)})`);
    row.append("text").attr("class", "network").attr("y", 13).text(depth.model);
    const y = (level: number): number => titleHeight + (levels.at(-1)! - level + 0.5) * strip;
    for (const level of levels) {
      row
        .append("line")
        .attr("class", "strips")
        .attr("x1", gutter)
        .attr("x2", x(stages))
        .attr("y1", y(level))
        .attr("y2", y(level));
      row
        .append("text")
        .attr("class", "level")
        .attr("y", y(level))
        .attr("dy", "0.36em")
        .attr("fill", levelInk(level))
        .text(`L${level}`);
      row
        .append("text")
        .attr("class", "side")
        .attr("x", gutter - 8)
        .attr("y", y(level))
        .attr("dy", "0.36em")
        .text(depth.size[0] / 2 ** level);
    }
    depth.stages.forEach(({ level, output }, index) => {
      const before = depth.stages[index - 1];
      if (before && before.level !== level) {
        row
          .append("line")
          .attr("class", "riser")
          .attr("x1", x(index))
          .attr("x2", x(index))
          .attr("y1", y(before.level))
          .attr("y2", y(level));
      }
      const map = row
        .append("g")
        .attr("class", "step")
        .attr("data-network", network)
        .attr("data-step", index)
        .style("color", levelColour(level));
      map
        .append("line")
        .attr("class", "map")
        .attr("x1", x(index))
        .attr("x2", x(index + 1))
        .attr("y1", y(level))
        .attr("y2", y(level));
      if (output) {
        map
          .append("circle")
          .attr("class", "read")
          .attr("cx", tenth(x(index) + pace / 2))
          .attr("cy", y(level))
          .attr("r", Math.min(4.5, tenth(pace / 2.6)));
      }
    });
  });
  markPlace(svg.node()!, depths, place);
  return svg.node()!;
}

/** Moves a track's band to another stage; all else stays, also what is lit. */
export function markPlace(track: SVGSVGElement, depths: readonly Depth[], place: number): void {
  const { gutter, pace, stages } = trackPlaces(depths, Number(track.getAttribute("width")));
  const left = gutter + Math.min(place, stages - 1) * pace;
  track.querySelector(".place")!.setAttribute("x", String(tenth(left)));
}

function trackSentence({ model, stages }: Depth): string {
  return `${model}: ${stages.map((stage) => `${stageName(stage)} level ${stage.level}`).join(", ")}.`;
}
