/** What every kind of block needs to be built. */
export interface BlockSettings {
  /** Filters of the 3×3 convolution. */
  readonly width: number;
  readonly stride: number;
  /** Probability that drop connect zeroes the branch of a sample. */
  readonly dropRate: number;
}
