import type { AreaRange } from "../../../coco/parameters.js";
import { cocoParameters } from "../../../coco/parameters.js";
import { detectionsIndex, type SummaryStat } from "../../../coco/summarise.js";
import type { IouType } from "../../../coco/types.js";
import type { BootstrapIntervals, MeasuredResults } from "../../../messages/evaluation.js";
import { fractionText } from "../averagePrecision/words.js";
import type { Activity, EvaluationState } from "./session.js";

/** What one of the twelve numbers is the mean of, in a few words. */
export function meaningOf(line: SummaryStat): string {
  const { iouThresholds, maxDets, areaRanges } = cocoParameters;
  const measure = line.measure === "precision" ? "Precision" : "Recall";
  const [first, last] = [iouThresholds[0]!, iouThresholds.at(-1)!];
  const iou =
    line.iou === undefined ? `IoU ${first.toFixed(2)} to ${last.toFixed(2)}` : `IoU ${line.iou.toFixed(2)}`;
  const area = areaRanges.find(({ name }) => name === line.area);
  const most = maxDets[detectionsIndex(line, maxDets)];
  return [
    `${measure} at ${iou}`,
    line.area === "all" || area === undefined ? "" : `objects ${areaWords(area)}`,
    line.detections === "last" ? "" : `the best ${most === 1 ? "one" : most} of an image and class`,
  ]
    .filter(Boolean)
    .join(", ");
}

function areaWords({ min, max }: AreaRange): string {
  const side = (area: number) => `${Math.sqrt(area)}²`;
  const greatest = Math.max(...cocoParameters.areaRanges.map((range) => range.max));
  if (min === 0) return `up to ${side(max)} pixels`;
  return max === greatest ? `from ${side(min)} pixels` : `of ${side(min)} to ${side(max)} pixels`;
}

/** What is being done, without how far: read out once per stage. */
function activityWords({ stage, file }: Activity): string {
  switch (stage) {
    case "annotations":
    case "detections":
      return `Reading ${file} …`;
    case "matching":
      return `Matching ${file}, class by class …`;
    case "errors":
      return `Explaining the errors in ${file} …`;
    case "samples":
      return "Drawing bootstrap samples …";
  }
}

/** What is done and what is missing, in a sentence or two. */
export function statusWords(state: EvaluationState): string {
  const { activity, notice } = state;
  return [notice, activity === null ? idleWords(state) : activityWords(activity)].filter(Boolean).join(" ");
}

function idleWords({ groundTruth, results, stopped, intervals }: EvaluationState): string {
  if (groundTruth === null && results[0] === null) return "Open an annotations file and a results file.";
  if (groundTruth === null) return "The annotations file is missing.";
  if (results[0] === null) return "A results file is missing.";
  if (stopped) return "";
  const done = results.flatMap((found) =>
    found?.measured ? [doneWords(found.file.name, found.measured)] : [],
  );
  return [...done, ...(intervals === null ? [] : [intervalWords(intervals)])].join(" ");
}

function doneWords(file: string, measured: MeasuredResults): string {
  const { images, annotations, detections, milliseconds, stats } = measured;
  const count = (number: number, what: string) =>
    `${number.toLocaleString("en-US")} ${what}${number === 1 ? "" : "s"}`;
  return (
    `${file}: AP ${fractionText(stats[0] ?? null)}, of ${count(detections, "detection")} and ` +
    `${count(annotations, "annotation")} in ${count(images, "image")}, in ${(milliseconds / 1000).toFixed(1)} s.`
  );
}

function intervalWords({ level, sets, difference }: BootstrapIntervals): string {
  const interval = (difference ?? sets[0])?.ap;
  if (interval == null) return "There are no objects to find, so there is no interval.";
  const [low, high] = [interval.low, interval.high].map((value) => value.toFixed(3).replace("-", "−"));
  return `${difference === null ? "AP" : "B − A"} is between ${low} and ${high} in ${Math.round(level * 100)}% of the samples.`;
}

/** What can be measured, as a reader calls it. */
export const iouTitles: readonly { readonly iouType: IouType; readonly title: string }[] = [
  { iouType: "bbox", title: "Boxes" },
  { iouType: "segm", title: "Masks" },
];
