/** What average precision is drawn against. */
export type CostAxis = "multiplyAddsB" | "parametersM";

export const costAxes = ["multiplyAddsB", "parametersM"] as const satisfies readonly CostAxis[];

export const costNames: Readonly<Record<CostAxis, string>> = {
  multiplyAddsB: "multiply-adds",
  parametersM: "parameters",
};

/** The words under the axis. */
export const costTitles: Readonly<Record<CostAxis, string>> = {
  multiplyAddsB: "multiply-adds an image, billions (log scale) →",
  parametersM: "trainable parameters, millions (log scale) →",
};

/** Round numbers within a domain of a log scale, three or more per decade. */
export function costTicks([least, most]: readonly [number, number]): number[] {
  const steps = most / least > 30 ? [1, 2, 5] : [1, 1.5, 2, 3, 5, 7];
  const decades = [0.1, 1, 10, 100, 1000];
  return decades
    .flatMap((decade) => steps.map((step) => Number((step * decade).toPrecision(2))))
    .filter((tick) => tick >= least && tick <= most);
}
