/** Cells along one side of a level's feature map: every halving rounds up, as 'same' padding does. */
export function featureSize(inputSide: number, level: number): number {
  return Math.ceil(inputSide / 2 ** level);
}
