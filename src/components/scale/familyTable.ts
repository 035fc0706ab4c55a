import type { CostMeasure } from "../../architecture/costs/costShares.js";
import { computed, percent, published, setting, text } from "../../pageData/columns.js";
import type { ResultsColumn, ResultsRow } from "../../pageData/resultsTable.js";
import { resultsTable } from "../results/table.js";
import { measureNames } from "./icicle/words.js";

const countsWith = (decimals: readonly [number, number]): readonly ResultsColumn[] => [
  published("parametersM", "Parameters", "millions", decimals),
  computed("computedParametersM", "Parameters", "millions", decimals),
  published("multiplyAddsB", "Multiply-adds", "billions", decimals),
  computed("computedMultiplyAddsB", "Multiply-adds", "billions", decimals),
];

/** The networks of a family: how each is scaled, what it costs by print and by count, and its printed AP. */
export function familyTable(
  rows: readonly ResultsRow[],
  family: "SpineNet" | "SpineNet-Mobile",
): HTMLElement {
  const mobile = family === "SpineNet-Mobile";
  return resultsTable(rows, {
    caption: `The family ${family}`,
    about: mobile
      ? "AP on COCO test-dev. Widths are of levels 1 and 7."
      : "AP of RetinaNet on COCO test-dev. Widths are of levels 2 and 7. Protocol B: 350 epochs, ReLU. C: 500 epochs, swish, stochastic depth.",
    columns: [
      text("model", "Network"),
      setting("repeats", "Repeat"),
      setting("widthMultiplier", "Filter scale", undefined, [1, 2]),
      setting("widths", "Widths", "channels"),
      // Mobile resampling has no narrow middle that α could scale.
      ...(mobile ? [] : [setting("alpha", "α", undefined, [1, 1])]),
      setting("endpoints", "Endpoints", "channels"),
      setting("resolution", "Input", "pixels"),
      ...countsWith(mobile ? [2, 2] : [1, 2]),
      ...(mobile ? [percent("AP")] : [percent("APB", "AP, B"), percent("APC", "AP, C")]),
    ],
  });
}

/** What share of each network's cost each of its parts has. */
export function shareTable(rows: readonly ResultsRow[], measure: CostMeasure): HTMLElement {
  return resultsTable(rows, {
    caption: `Where the ${measureNames[measure]} are`,
    about: "Each network at its own input. A dash where a network has no such part.",
    columns: [
      text("model", "Network"),
      computed("whole", "All", measure === "parameters" ? "millions" : "billions", [1, 2]),
      percent("stem", "Stem", "computed"),
      percent("blocks", "Blocks", "computed"),
      percent("resampling", "Resampling", "computed"),
      percent("endpoints", "Endpoints", "computed"),
      percent("pyramid", "Pyramid", "computed"),
      percent("head", "Head", "computed"),
    ],
  });
}
