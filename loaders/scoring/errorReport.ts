import {
  type ErrorSum,
  type ErrorTypes,
  errorParameters,
  errorTypeNames,
} from "../../src/coco/errors/errorTypes.js";
import { tableLines } from "../tableLines.js";

/** What `--errors` adds to the JSON: counts, and costs as fractions. */
export function errorsJson({ ap, types, falsePositives, falseNegatives }: ErrorTypes) {
  return { ap, types, falsePositives, falseNegatives };
}

/** The types of errors with their counts and costs, as a table with a title. */
export function errorLines(errors: ErrorTypes): string[] {
  const row = (name: string, { count, cost }: ErrorSum) => [name, String(count), cost.toFixed(3)];
  return [
    ` Errors at IoU=${errorParameters.foreground.toFixed(2)} by type: count, and AP gained if all of them were fixed`,
    ...tableLines([
      ["error", "count", "cost"],
      ...errorTypeNames.map((type) => row(type, errors.types[type])),
      row("all false positives", errors.falsePositives),
      row("all false negatives", errors.falseNegatives),
    ]),
  ];
}

/** Names and values of CSV columns after the twelve numbers. */
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
