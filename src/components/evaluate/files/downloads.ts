import { csvFormatRows } from "d3";
import { summaryStats } from "../../../coco/summarise.js";
import type { IouType } from "../../../coco/types.js";
import type { BootstrapIntervals } from "../../../messages/evaluation.js";
import { type ComparedResults, orNull } from "./comparedResults.js";

export interface Numbers {
  readonly annotations: string;
  readonly iouType: IouType;
  readonly compared: readonly ComparedResults[];
  readonly intervals: BootstrapIntervals | null;
}

/** All numbers as JSON, fractions, in full precision. */
export function numbersJson({ annotations, iouType, compared, intervals }: Numbers): string {
  const results = compared.map(({ name, measured, errors }) => ({
    file: name,
    images: measured.images,
    annotations: measured.annotations,
    detections: measured.detections,
    stats: Object.fromEntries(summaryStats.map((line, index) => [line.name, orNull(measured.stats[index])])),
    categories: measured.categories.map((category, index) => ({
      ...category,
      AP: orNull(measured.perCategoryAP[index]),
    })),
    errors: errors && { AP: orNull(errors.ap), types: errors.errors },
  }));
  return `${JSON.stringify({ annotations, iouType, results, intervals }, null, 2)}\n`;
}

/** The same as a table in long form: one row per number. */
export function numbersCsv({ iouType, compared, intervals }: Numbers): string {
  const rows: (readonly (string | number | null)[])[] = [
    ["results", "iou_type", "number", "category", "value"],
  ];
  compared.forEach(({ name, measured, errors }, side) => {
    const add = (number: string, category: string | null, value: number | null) =>
      rows.push([name, iouType, number, category, value]);
    summaryStats.forEach((line, index) => {
      add(line.name, null, orNull(measured.stats[index]));
    });
    measured.categories.forEach((category, index) => {
      add("AP", category.name, orNull(measured.perCategoryAP[index]));
      add("objects", category.name, category.objects);
      add("detections", category.name, category.detections);
    });
    for (const { name: type, count, cost } of errors?.errors ?? []) {
      add(`cost of ${type} errors`, null, cost);
      add(`${type} errors`, null, count);
    }
    const { ap = null, ap50 = null } = intervals?.sets[side] ?? {};
    for (const [number, interval] of [["AP", ap] as const, ["AP50", ap50] as const]) {
      if (interval === null) continue;
      add(`${number}, low`, null, interval.low);
      add(`${number}, high`, null, interval.high);
    }
  });
  return `${csvFormatRows(rows.map((row) => row.map((cell) => String(cell ?? ""))))}\n`;
}
