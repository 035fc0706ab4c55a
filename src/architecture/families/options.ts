/** What a caller may change in a named model; anything left out keeps the published value. */
export interface ModelOptions {
  /** Pixels a side, or height and width. */
  readonly size?: number | readonly [height: number, width: number];
  readonly classes?: number;
  /** Multiplies every width but the stem's (the official `filter_size_scale`). */
  readonly width?: number;
  readonly alpha?: number;
  /** Filters of the first convolution. */
  readonly stemWidth?: number;
  readonly endpoints?: number;
  readonly headFilters?: number;
  readonly headConvolutions?: number;
  readonly repeats?: number;
  /** Side of the first anchor, in strides. */
  readonly anchorSize?: number;
  /** Stochastic depth of the last block. */
  readonly dropConnect?: number;
  readonly activation?: "relu" | "relu6" | "swish" | "hard-swish";
  readonly padding?: "same" | "symmetric";
  readonly head?: "retinanet" | "classifier";
}
