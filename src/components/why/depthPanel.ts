import { range } from "d3";
import { svg } from "htl";
import type { Depth, DepthStage } from "../../architecture/graph/depthStages.js";
import { spanOfCell } from "../../architecture/graph/receptiveField.js";
import { tenth } from "../charts/drawing.js";
import { levelColour } from "../diagram/levelColour.js";
import { photographSize } from "../evaluate/averagePrecision/example.js";
import { smallWords, stageAt, stageSentence } from "./depthWords.js";
import { harbourObjects, harbourPoint, inputScale, isSmallerThanCell } from "./harbourObjects.js";

interface DepthPanelOptions {
  /** In pixels. */
  readonly width?: number;
  /** Address of the harbour's photograph. */
  readonly photograph: string;
}

const style = `
.depth-panel { font: 600 12px var(--sans-serif, sans-serif); font-variant-numeric: lining-nums; }
.depth-panel .unseen { fill: #000; fill-opacity: 0.45; }
.depth-panel .grid { fill: none; stroke: #fff; }
.depth-panel .casing { fill: none; stroke: #000; stroke-opacity: 0.7; }
.depth-panel .box { fill: none; stroke: #fff; stroke-width: 1.4; }
.depth-panel .too-small .box { stroke-width: 2; stroke-dasharray: 4 2.5; }
.depth-panel .badge { fill: #fff; stroke: #000; stroke-opacity: 0.7; }
.depth-panel .number { fill: #000; text-anchor: middle; }
.depth-panel .field .casing { stroke: #fff; stroke-opacity: 1; }
.depth-panel .field-line { fill: none; stroke: currentColor; stroke-width: 3; }
.depth-panel .cell { fill: currentColor; fill-opacity: 0.65; stroke: #fff; stroke-width: 1.5; }
`;

/**
 * The feature map of a stage, laid over the photograph: its grid, the cell on the boatman's face, that cell's receptive
 * field (the rest is dark), and objects in boxes, those smaller than a cell dashed and numbered.
 */
export function depthPanel(
  depth: Depth,
  place: number,
  { width = 464, photograph }: DepthPanelOptions,
): SVGSVGElement {
  const stage = stageAt(depth, place);
  const scale = width / depth.size[1];
  const height = tenth((width * photographSize.height) / photographSize.width);
  const toInput = inputScale(depth.size[1]);
  const cell = stage.stride * scale;
  const row = Math.floor((harbourPoint.y * toInput) / stage.stride);
  const column = Math.floor((harbourPoint.x * toInput) / stage.stride);
  const boxes = harbourObjects.map((object) => ({
    isSmall: isSmallerThanCell(object, stage.stride, depth.size[1]),
    box: object.bbox.map((value) => tenth(value * toInput * scale)),
  }));
  const seen = fieldPath(stage, { row, column, scale, width, height });
  return svg<SVGSVGElement>`<svg class="depth-panel" viewBox="0 0 ${width} ${height}" width=${width} height=${height} role="img" aria-label="${stageSentence(stage, depth)} ${smallWords(stage, depth)}" style=${{ color: levelColour(stage.level) }}>
    <style>${style}</style>
    <image href=${photograph} width=${width} height=${height} preserveAspectRatio="none"></image>
    <path class="unseen" fill-rule="evenodd" d="M0 0H${width}V${height}H0Z${seen}"></path>
    <path class="grid" stroke-width=${cell < 8 ? 0.5 : 0.8} stroke-opacity=${cell < 8 ? 0.35 : 0.6} d=${gridPath(cell, width, height)}></path>
    <g class="field">
      <path class="casing" stroke-width="5" d=${seen}></path>
      <path class="field-line" d=${seen}></path>
    </g>
    <g class="boxes">${boxes.map(
      ({ isSmall, box: [x, y, wide, high] }) => svg`<g class=${isSmall ? "too-small" : "large-enough"}>
        <rect class="casing" stroke-width="3" x=${x} y=${y} width=${wide} height=${high}></rect>
        <rect class="box" x=${x} y=${y} width=${wide} height=${high}></rect>
      </g>`,
    )}</g>
    <rect class="cell" x=${tenth(column * cell)} y=${tenth(row * cell)} width=${tenth(cell)} height=${tenth(cell)}></rect>
    ${boxes.map(({ isSmall, box: [x, y] }, index) => (isSmall ? badge(x!, y!, index + 1) : null))}
  </svg>`;
}

/** Outlines what a cell sees, cut at the edges of the photograph. */
function fieldPath(
  { field }: DepthStage,
  {
    row,
    column,
    scale,
    width,
    height,
  }: Readonly<Record<"row" | "column" | "scale" | "width" | "height", number>>,
): string {
  const [down, across] = [spanOfCell(field, row), spanOfCell(field, column)];
  const cut = (pixel: number, side: number): number => tenth(Math.min(Math.max(pixel * scale, 0), side));
  const [left, right] = [cut(across.first, width), cut(across.last + 1, width)];
  const [top, bottom] = [cut(down.first, height), cut(down.last + 1, height)];
  return `M${left} ${top}H${right}V${bottom}H${left}Z`;
}

function gridPath(cell: number, width: number, height: number): string {
  const lines = (side: number): number[] => range(1, side / cell).map((index) => tenth(index * cell));
  const down = lines(width).map((x) => `M${x} 0V${height}`);
  const across = lines(height).map((y) => `M0 ${y}H${width}`);
  return [...down, ...across].join("");
}

function badge(x: number, y: number, label: number): SVGElement {
  return svg`<g class="too-small" transform="translate(${tenth(x - 9)},${tenth(Math.max(y - 7, 9))})">
    <circle class="badge" r="8.5"></circle>
    <text class="number" dy="0.36em">${label}</text>
  </g>`;
}
