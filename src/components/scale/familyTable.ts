import type { CostMeasure } from "../../architecture/costs/shares.js";
import type { ResultsColumn, ResultsRow } from "../../pageData/resultsTable.js";
import { resultsTable } from "../results/table.js";
import { measureNames } from "./icicle/words.js";

const setting = (key: string, label: string, unit?: string): ResultsColumn => ({
  key,
  label,
  unit,
  origin: "setting",
});

const countsWith = (decimals: readonly [number, number]): readonly ResultsColumn[] => [
  { key: "parametersM", label: "Parameters", unit: "millions", origin: "published", decimals },
  { key: "computedParametersM", label: "Parameters", unit: "millions", origin: "computed", decimals },
  { key: "multiplyAddsB", label: "Multiply-adds", unit: "billions", origin: "published", decimals },
  {
    key: "computedMultiplyAddsB",
    label: "Multiply-adds",
    unit: "billions",
    origin: "computed",
    decimals,
  },
];

const precision = (key: string, label: string): ResultsColumn => ({
  key,
  label,
  unit: "percent",
  origin: "published",
  decimals: [1, 1],
});

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
      { key: "model", label: "Network", origin: "text" },
      setting("repeats", "Repeat"),
      { ...setting("widthMultiplier", "Filter scale"), decimals: [1, 2] },
      setting("widths", "Widths", "channels"),
      // Mobile resampling has no narrow middle that α could scale.
      ...(mobile ? [] : [{ ...setting("alpha", "α"), decimals: [1, 1] } as const]),
      setting("endpoints", "Endpoints", "channels"),
      setting("resolution", "Input", "pixels"),
      ...countsWith(mobile ? [2, 2] : [1, 2]),
      ...(mobile ? [precision("AP", "AP")] : [precision("APB", "AP, B"), precision("APC", "AP, C")]),
    ],
  });
}

/** What share of each network's cost each of its parts has. */
export function shareTable(rows: readonly ResultsRow[], measure: CostMeasure): HTMLElement {
  const part = (key: string, label: string): ResultsColumn => ({
    key,
    label,
    unit: "percent",
    origin: "computed",
    decimals: [1, 1],
  });
  return resultsTable(rows, {
    caption: `Where the ${measureNames[measure]} are`,
    about: "Each network at its own input. A dash where a network has no such part.",
    columns: [
      { key: "model", label: "Network", origin: "text" },
      {
        key: "whole",
        label: "All",
        unit: measure === "parameters" ? "millions" : "billions",
        origin: "computed",
        decimals: [1, 2],
      },
      part("stem", "Stem"),
      part("blocks", "Blocks"),
      part("resampling", "Resampling"),
      part("endpoints", "Endpoints"),
      part("pyramid", "Pyramid"),
      part("head", "Head"),
    ],
  });
}
