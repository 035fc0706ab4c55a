import { create } from "d3";
import type { SmallConnection, SmallMap } from "../../architecture/drawing/smallConnection.js";
import { messageOf } from "../../messages/messageOf.js";
import type { ResamplingEngine } from "../../messages/resampling.js";
import { operationWords } from "../diagram/operationWords.js";
import { table } from "../tables/table.js";
import { tilesOf } from "./smallMapTiles.js";

export interface SmallMapsFigure {
  readonly element: HTMLElement;
  /** Resamples as this connection would, at once or when the figure comes into view. */
  show(connection: SmallConnection): void;
}

const names: Readonly<Record<SmallMap["operation"], string>> = {
  parent: "the parent’s map",
  reduce: `${operationWords({ op: "conv" })} to αC`,
  down: operationWords({ op: "conv", window: 3, stride: 2 }),
  pool: operationWords({ op: "maxPool", window: 3, stride: 2 }),
  repeat: operationWords({ op: "resizeNearest" }),
  expand: `${operationWords({ op: "conv" })} to the target`,
};

/** A small map on its way through a connection, as pixels. Nothing is asked of the resampler before it is seen. */
export function smallMaps(resampler: ResamplingEngine): SmallMapsFigure {
  const figure = create<HTMLElement>("figure").attr("class", "small-maps wide");
  const tiles = figure.append("div").attr("class", "small-map-row").node()!;
  const status = figure.append("p").attr("role", "status").attr("class", "small").text("tfjs is on its way.");
  const numbers = figure.append("div").node()!;
  let wanted: SmallConnection | null = null;
  let seen = false;
  const run = async (): Promise<void> => {
    const asked = wanted;
    if (asked === null || !seen) return;
    try {
      const { backend, maps } = await resampler.resample(asked);
      if (asked !== wanted) return;
      tiles.replaceChildren(...maps.map(tileOf));
      numbers.replaceChildren(numbersOf(maps));
      status.text(`Computed in this page by tfjs on ${backend}, ${shapesOf(maps)}.`);
    } catch (error) {
      if (asked !== wanted) return;
      status.text(messageOf(error));
    }
  };
  whenSeen(figure.node()!, () => {
    seen = true;
    void run();
  });
  return {
    element: figure.node()!,
    show(connection) {
      wanted = connection;
      void run();
    },
  };
}

function shapesOf(maps: readonly SmallMap[]): string {
  return maps.map(({ height, width, channels }) => [height, width, channels].join("×")).join(" → ");
}

function tileOf(map: SmallMap): HTMLElement {
  const { operation, height, width, channels } = map;
  const tile = create<HTMLElement>("div").attr("class", "small-map").attr("data-step", operation);
  const { width: wide, height: high, data } = tilesOf(map);
  const canvas = document.createElement("canvas");
  canvas.width = wide;
  canvas.height = high;
  canvas.setAttribute("role", "img");
  canvas.setAttribute(
    "aria-label",
    `${names[operation]}: ${channels} channels of ${height}×${width} cells, as pixels; the table gives their values' range`,
  );
  canvas.getContext("2d")?.putImageData(new ImageData(data, wide, high), 0, 0);
  tile.append(() => canvas);
  tile.append("p").text(names[operation]).append("small").text(`${height}×${width}×${channels}`);
  return tile.node()!;
}

function numbersOf(maps: readonly SmallMap[]): HTMLElement {
  return table({
    className: "small-map-values",
    caption: "The values of these maps",
    columns: ["after", "shape", "least", "greatest", "mean"],
    rows: maps.map(({ operation, height, width, channels, values }) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const range = [Math.min(...values), Math.max(...values), mean].map((value) => value.toFixed(3));
      return {
        data: { step: operation },
        cells: [names[operation], [height, width, channels].join("×"), ...range],
      };
    }),
  });
}

/** Once an element comes near the window; at once where that cannot be told. */
function whenSeen(element: HTMLElement, seen: () => void): void {
  if (typeof IntersectionObserver === "undefined") {
    seen();
    return;
  }
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      seen();
    },
    { rootMargin: "200px" },
  );
  observer.observe(element);
}
