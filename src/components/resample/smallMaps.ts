import { html } from "htl";
import type { SmallConnection, SmallMap } from "../../architecture/drawing/smallConnection.js";
import { messageOf } from "../../messages/messageOf.js";
import type { ResamplingEngine } from "../../messages/resampling.js";
import { operationWords } from "../diagram/operationWords.js";
import { table } from "../tables/table.js";
import { tilesOf } from "./smallMapTiles.js";

interface SmallMapsFigure {
  readonly element: HTMLElement;
  /** Runs this connection, immediately or once the figure comes into view. */
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

/** A small map before and after each operation of a connection, as pixels. Starts the resampler once it is in view. */
export function smallMaps(resampler: ResamplingEngine): SmallMapsFigure {
  const tiles = html`<div class="small-map-row"></div>`;
  const status = html`<p role="status" class="small">Loading tfjs.</p>`;
  const numbers = html`<div></div>`;
  const figure = html`<figure class="small-maps wide">${tiles}${status}${numbers}</figure>`;
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
      status.textContent = `Computed in this page by tfjs on ${backend}, ${shapesOf(maps)}.`;
    } catch (error) {
      if (asked !== wanted) return;
      status.textContent = messageOf(error);
    }
  };
  whenSeen(figure, () => {
    seen = true;
    void run();
  });
  return {
    element: figure,
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
  const { width: wide, height: high, data } = tilesOf(map);
  const label = `${names[operation]}: ${channels} channels of ${height}×${width} cells, as pixels; the table gives their values' range`;
  const canvas = html<HTMLCanvasElement>`<canvas width=${wide} height=${high} role="img" aria-label=${label}></canvas>`;
  canvas.getContext("2d")?.putImageData(new ImageData(data, wide, high), 0, 0);
  return html`<div class="small-map" data-step=${operation}>
    ${canvas}
    <p>${names[operation]}<small>${height}×${width}×${channels}</small></p>
  </div>`;
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

/** Calls back once an element comes near the window, or immediately if the browser cannot tell. */
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
