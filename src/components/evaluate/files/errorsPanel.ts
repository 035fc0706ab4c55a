import { create } from "d3";
import { type ErrorType, errorParameters, errorTypeNames } from "../../../coco/errors/tide.js";
import type { CostlyDetection } from "../../../messages/evaluation.js";
import type { ResultsColumn } from "../../../pageData/resultsTable.js";
import { whenSized, widthOf } from "../../page/whenSized.js";
import { resultsTable } from "../../results/table.js";
import type { ComparedResults } from "./comparedResults.js";
import { horizontalBars } from "./horizontalBars.js";
import { lazyDetails } from "./lazyDetails.js";
import { setKey } from "./setKey.js";

export interface ErrorsPanel {
  readonly element: HTMLElement;
  show(compared: readonly ComparedResults[]): void;
}

const meanings: Readonly<Record<ErrorType, string>> = {
  classification: "a box that fits an object of another class",
  localisation: "a box that fits an object of its class too loosely",
  both: "a box too loose, on an object of another class",
  duplicate: "a box on an object that a better one has found",
  background: "a box on nothing",
  missed: "an object that no box found, nor would with its class or place mended",
};

/** What each kind of error costs, as bars and as a table, and the single detections that cost most. */
export function errorsPanel(): ErrorsPanel {
  const figure = create("figure").attr("class", "errors-panel");
  const key = figure.append("div");
  const drawing = figure.append("div");
  figure
    .append("figcaption")
    .text(
      `How much higher AP at IoU ${errorParameters.foreground.toFixed(2)} were, if all errors of a kind were mended and the others left; at the right, how many there are. ` +
        `Of each image the best ${errorParameters.maxDetections} detections count. The costs do not add up to what is missing.`,
    );
  const table = lazyDetails("The kinds of errors as a table", errorTable);
  const listed = lazyDetails("The detections that cost most", costliestTables);
  figure.append(() => table.element);
  figure.append(() => listed.element);

  let explained: readonly ComparedResults[] = [];
  let width = 0;
  whenSized(drawing.node()!, (measured) => {
    if (measured !== width) draw();
  });
  return {
    element: figure.node()!,
    show(compared) {
      explained = compared.filter(({ errors }) => errors !== null);
      figure.attr("hidden", explained.length === 0 ? "" : null);
      key.selectChildren().remove();
      if (explained.length > 1) {
        key.append(() => setKey(explained.map(({ letter, name }) => `${letter}, ${name}`)));
      }
      table.renew();
      listed.renew();
      draw();
    },
  };

  function draw(): void {
    drawing.selectChildren().remove();
    if (explained.length === 0) return;
    width = widthOf(drawing.node()!);
    const rows = errorTypeNames.map((name) => ({
      name,
      values: explained.map(({ errors }) => sumOf(errors, name)?.cost ?? null),
      note: explained
        .map(({ errors }) => (sumOf(errors, name)?.count ?? 0).toLocaleString("en-US"))
        .join(" and "),
    }));
    drawing.append(() =>
      horizontalBars(rows, {
        width: Math.min(width, 760),
        title: "What errors cost, by kind",
        description: "The number of errors stands at the right. The table below says the same.",
      }),
    );
  }

  function errorTable(): HTMLElement {
    const named = (what: string, letter: string) => (explained.length > 1 ? `${what}, ${letter}` : what);
    const rows = errorTypeNames.map((name) => ({
      name,
      ...Object.fromEntries(
        explained.flatMap(({ letter, errors }) => [
          [`${letter} cost`, sumOf(errors, name)?.cost ?? null],
          [`${letter} count`, sumOf(errors, name)?.count ?? null],
        ]),
      ),
      meaning: meanings[name],
    }));
    const columns: ResultsColumn[] = [
      { key: "name", label: "Kind", origin: "text" },
      ...explained.flatMap(({ letter }): ResultsColumn[] => [
        { key: `${letter} cost`, label: named("Cost in AP", letter), origin: "setting", decimals: [3, 3] },
        { key: `${letter} count`, label: named("Errors", letter), origin: "setting", decimals: [0, 0] },
      ]),
      { key: "meaning", label: "What it is", origin: "text" },
    ];
    return resultsTable(rows, { columns, caption: "What errors cost, by kind" });
  }

  function costliestTables(): HTMLElement {
    const box = create("div");
    for (const { letter, name, errors } of explained) {
      const about = explained.length > 1 ? `, ${letter}, ${name}` : "";
      box.append(() => costliestTable(errors?.costliest ?? [], `The detections that cost most${about}`));
    }
    return box.node()!;
  }
}

function sumOf(errors: ComparedResults["errors"], name: ErrorType) {
  return errors?.errors.find((sum) => sum.name === name);
}

function costliestTable(costliest: readonly CostlyDetection[], caption: string): HTMLElement {
  const rows = costliest.map(({ name, image, category, object, score, bbox, cost }) => ({
    image,
    category,
    name,
    object,
    score,
    bbox: bbox.map((side) => Math.round(side)).join(", "),
    cost,
  }));
  return resultsTable(rows, {
    columns: [
      { key: "image", label: "Image", origin: "text" },
      { key: "category", label: "Class", origin: "text" },
      { key: "score", label: "Score", origin: "setting", decimals: [2, 3] },
      { key: "name", label: "Error", origin: "text" },
      { key: "object", label: "The object’s class", origin: "text" },
      { key: "bbox", label: "Box", unit: "x, y, width, height", origin: "text" },
      { key: "cost", label: "Cost in AP", origin: "setting", decimals: [4, 5] },
    ],
    caption,
  });
}
