import { describe, expect, it } from "vitest";
import { errorColumns, errorLines, errorsJson } from "../../../loaders/scoring/errorReport.js";
import type { ErrorTypes } from "../../../src/coco/errors/errorTypes.js";

const none = { count: 0, cost: 0 };
const errors: ErrorTypes = {
  ap: 0.5,
  types: {
    classification: { count: 12, cost: 0.0625 },
    localisation: none,
    both: none,
    duplicate: none,
    background: none,
    missed: { count: 1, cost: 0.25 },
  },
  falsePositives: { count: 12, cost: 0.125 },
  falseNegatives: none,
  detections: {
    length: 0,
    rows: new Int32Array(),
    types: new Uint8Array(),
    objects: new Int32Array(),
    costs: new Float64Array(),
  },
  missed: Int32Array.of(4),
};

describe("errorLines", () => {
  it("lists the types in TIDE's order, then all false positives and negatives", () => {
    expect(errorLines(errors).slice(1, 3)).toEqual([
      " error                count   cost",
      " classification          12  0.063",
    ]);
    expect(errorLines(errors).slice(-2)).toEqual([
      " all false positives     12  0.125",
      " all false negatives      0  0.000",
    ]);
  });
});

describe("errorsJson", () => {
  it("holds sums only, not the list of errors", () => {
    expect(Object.keys(errorsJson(errors))).toEqual(["ap", "types", "falsePositives", "falseNegatives"]);
  });
});

describe("errorColumns", () => {
  it("names a count and a cost of each", () => {
    const columns = errorColumns(errors);
    expect(columns).toHaveLength(16);
    expect(columns.slice(0, 2)).toEqual([
      ["classification_count", 12],
      ["classification_cost", 0.0625],
    ]);
    expect(columns.at(-1)).toEqual(["falseNegatives_cost", 0]);
  });
});
