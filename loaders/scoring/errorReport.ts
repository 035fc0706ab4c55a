import {
  type ErrorSum,
  type ErrorTypes,
  errorParameters,
  errorTypeNames,
} from "../../src/coco/errors/tide.js";
import { tableLines } from "./table.js";

/** What `--errors` adds to the JSON: counts, and costs as fractions. */
export function errorsJson({ ap, types, falsePositives, falseNegatives }: ErrorTypes) {
  return { ap, types, falsePositives, falseNegatives };
}

/** A table of the types of errors, how many there are of each and what they cost, under a line that says what it is. */
export function errorLines(errors: ErrorTypes): string[] {
  const row = (name: string, { count, cost }: ErrorSum) => [name, String(count), cost.toFixed(3)];
  return [
    ` Errors at IoU=${errorParameters.foreground.toFixed(2)}, and what AP would gain without all of a type`,
    ...tableLines([
      ["error", "count", "cost"],
      ...errorTypeNames.map((type) => row(type, errors.types[type])),
      row("all wrong detections", errors.falsePositives),
      row("all objects not found", errors.falseNegatives),
    ]),
  ];
}

/** Names and values of further columns beside the twelve numbers. */
export function errorColumns({ types, falsePositives, falseNegatives }: ErrorTypes): [string, number][] {
  const sums: [string, ErrorSum][] = [
    ...errorTypeNames.map((type): [string, ErrorSum] => [type, types[type]]),
    ["falsePositives", falsePositives],
    ["falseNegatives", falseNegatives],
  ];
  return sums.flatMap(([name, { count, cost }]): [string, number][] => [
    [`${name}_count`, count],
    [`${name}_cost`, cost],
  ]);
}
