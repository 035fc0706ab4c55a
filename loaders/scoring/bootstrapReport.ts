import {
  type BootstrapOptions,
  bootstrap,
  bootstrapPair,
  type Interval,
  type PairedIntervals,
  type PrecisionIntervals,
} from "../../src/coco/bootstrap/confidenceIntervals.js";
import type { DetectionTable, GroundTruthTable } from "../../src/coco/tables.js";
import type { IouType } from "../../src/coco/types.js";
import { tableLines } from "../tableLines.js";

/** Confidence intervals of one file of detections, or of two and the difference between them. */
export interface BootstrapReport extends Partial<Pick<PairedIntervals, "difference">> {
  readonly rounds: number;
  readonly seed: number;
  readonly level: number;
  readonly detections: PrecisionIntervals;
  readonly against?: PrecisionIntervals;
}

/** Bootstraps one file of detections, or two on the same samples. */
export function bootstrapReport(
  groundTruth: GroundTruthTable,
  detections: DetectionTable,
  against: DetectionTable | undefined,
  iouType: IouType,
  options: BootstrapOptions & Required<Pick<BootstrapOptions, "rounds" | "seed">>,
): BootstrapReport {
  const { rounds, seed, level = 0.95 } = options;
  const drawing = { rounds, seed, level };
  if (against === undefined) {
    return { ...drawing, detections: bootstrap(groundTruth, detections, iouType, { ...options, level }) };
  }
  const pair = [detections, against] as const;
  const { first, second, difference } = bootstrapPair(groundTruth, pair, iouType, { ...options, level });
  return { ...drawing, detections: first, against: second, difference };
}

/** What `--bootstrap` and `--against` add to the JSON; null without ground truth. */
export function bootstrapJson({ rounds, seed, level, ...intervals }: BootstrapReport) {
  const parts = partsOf(intervals).map(([name, { ap, ap50 }]) => [
    name,
    { ap: ap ?? null, ap50: ap50 ?? null },
  ]);
  return { rounds, seed, level, ...Object.fromEntries(parts) };
}

/**
 * The intervals as a table with a title.
 *
 * @param names of the files
 */
export function bootstrapLines(
  { rounds, seed, level, ...intervals }: BootstrapReport,
  names: { readonly detections: string; readonly against?: string },
): string[] {
  const titles = { ...names, difference: "difference" };
  const rows = partsOf(intervals).map(([name, { ap, ap50 }]) => {
    const isSigned = name === "difference";
    return [titles[name] ?? name, intervalText(ap, isSigned), intervalText(ap50, isSigned)];
  });
  const percent = Number((level * 100).toFixed(6));
  return [
    ` ${percent}% confidence intervals, from ${rounds} bootstrap samples of the images (seed ${seed})`,
    ...tableLines([["detections", "AP", "AP50"], ...rows]),
    ...(partsOf(intervals).some(([, { ap, ap50 }]) => isOutside(ap) || isOutside(ap50)) ? [outsideNote] : []),
  ];
}

function isOutside(interval: Interval | undefined): boolean {
  return interval !== undefined && (interval.value < interval.low || interval.value > interval.high);
}

/** Names and values of CSV columns after the twelve numbers. */
export function bootstrapColumns(report: BootstrapReport): [string, number | ""][] {
  return partsOf(report).flatMap(([part, { ap, ap50 }]) => {
    const prefix = part === "detections" ? "" : `${part}_`;
    return [
      ...intervalColumns(`${prefix}AP`, ap, part !== "detections"),
      ...intervalColumns(`${prefix}AP50`, ap50, part !== "detections"),
    ];
  });
}

const outsideNote =
  " A value outside its interval is not an error: AP is biased upwards on few images, and the interval corrects for that.";

type PartName = "detections" | "against" | "difference";

function partsOf(report: Pick<BootstrapReport, PartName>): [PartName, PrecisionIntervals][] {
  const names: readonly PartName[] = ["detections", "against", "difference"];
  return names.flatMap((name): [PartName, PrecisionIntervals][] => {
    const intervals = report[name];
    return intervals === undefined ? [] : [[name, intervals]];
  });
}

function intervalText(interval: Interval | undefined, isSigned: boolean): string {
  if (interval === undefined) return "no objects";
  const text = (value: number) => `${isSigned && value >= 0 ? "+" : ""}${value.toFixed(3)}`;
  return `${text(interval.value)} [${text(interval.low)}, ${text(interval.high)}]`;
}

/** Empty without ground truth: −1 could be a difference. */
function intervalColumns(
  name: string,
  interval: Interval | undefined,
  withValue: boolean,
): [string, number | ""][] {
  const bounds: [string, number | ""][] = [
    [`${name}_low`, interval?.low ?? ""],
    [`${name}_high`, interval?.high ?? ""],
  ];
  return withValue ? [[name, interval?.value ?? ""], ...bounds] : bounds;
}
