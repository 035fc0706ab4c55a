/** Pyramid levels: a level's feature maps are 2^level times smaller than the input. */
export const levels = [1, 2, 3, 4, 5, 6, 7] as const;

export type Level = (typeof levels)[number];

/** Cells along one side of a level's feature map: every halving rounds up, as 'same' padding does. */
export function featureSize(inputSide: number, level: number): number {
  return Math.ceil(inputSide / 2 ** level);
}
