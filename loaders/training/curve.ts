const curvePoints = 100;

/** Steps between points of a run's curve; the last step always has one. */
export function curveInterval(steps: number): number {
  return Math.ceil(steps / curvePoints);
}
