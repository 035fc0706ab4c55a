import { describe, expect, it } from "vitest";
import {
  type BootstrapReport,
  bootstrapColumns,
  bootstrapJson,
  bootstrapLines,
} from "../../../loaders/scoring/bootstrapReport.js";

const interval = (value: number, low: number, high: number) => ({ value, low, high });
const one: BootstrapReport = {
  rounds: 200,
  seed: 7,
  level: 0.95,
  detections: { ap: interval(0.5, 0.4, 0.6), ap50: interval(0.75, 0.7, 0.8) },
};
const two: BootstrapReport = {
  ...one,
  against: { ap: interval(0.25, 0.2, 0.3), ap50: interval(0.8, 0.7, 0.9) },
  difference: { ap: interval(0.25, 0.1, 0.4), ap50: interval(-0.05, -0.2, 0.1) },
};
const nothing: BootstrapReport = { ...one, detections: { ap: undefined, ap50: undefined } };

describe("bootstrapLines", () => {
  it("shows intervals behind their values", () => {
    expect(bootstrapLines(one, { detections: "d.json" })).toEqual([
      " 95% confidence intervals, from 200 bootstrap samples of the images (seed 7)",
      " detections                    AP                  AP50",
      " d.json      0.500 [0.400, 0.600]  0.750 [0.700, 0.800]",
    ]);
  });

  it("shows differences with their signs", () => {
    expect(bootstrapLines(two, { detections: "d.json", against: "e.json" }).slice(2)).toEqual([
      " d.json         0.500 [0.400, 0.600]     0.750 [0.700, 0.800]",
      " e.json         0.250 [0.200, 0.300]     0.800 [0.700, 0.900]",
      " difference  +0.250 [+0.100, +0.400]  -0.050 [-0.200, +0.100]",
    ]);
  });

  it("explains a value that lies outside its interval", () => {
    const above = { ...one, detections: { ...one.detections, ap: interval(0.5, 0.4, 0.49) } };
    expect(bootstrapLines(above, { detections: "d.json" }).at(-1)).toBe(
      " A value outside its interval is not an error: AP is biased upwards on few images, and the interval corrects for that.",
    );
  });

  it("says where nothing is to be found", () => {
    expect(bootstrapLines(nothing, { detections: "d.json" }).at(-1)).toBe(
      " d.json      no objects  no objects",
    );
  });
});

describe("bootstrapJson", () => {
  it("holds one set of intervals, or two and their difference, and null where nothing is to be found", () => {
    expect(bootstrapJson(one)).toEqual(one);
    expect(bootstrapJson(two)).toEqual(two);
    expect(bootstrapJson(nothing).detections).toEqual({ ap: null, ap50: null });
  });
});

describe("bootstrapColumns", () => {
  it("adds only bounds to the numbers that stand there already", () => {
    expect(bootstrapColumns(one)).toEqual([
      ["AP_low", 0.4],
      ["AP_high", 0.6],
      ["AP50_low", 0.7],
      ["AP50_high", 0.8],
    ]);
  });

  it("adds the numbers of the second file and the difference, too, and leaves empty what is not there", () => {
    expect(bootstrapColumns(two).map(([name]) => name)).toEqual([
      ...["AP_low", "AP_high", "AP50_low", "AP50_high"],
      ...["against_AP", "against_AP_low", "against_AP_high"],
      ...["against_AP50", "against_AP50_low", "against_AP50_high"],
      ...["difference_AP", "difference_AP_low", "difference_AP_high"],
      ...["difference_AP50", "difference_AP50_low", "difference_AP50_high"],
    ]);
    expect(bootstrapColumns(nothing)[0]).toEqual(["AP_low", ""]);
  });
});
