/** A mask in run lengths. Pixels are counted down one column after the other. */
export interface Mask {
  readonly height: number;
  readonly width: number;
  /** Lengths of runs of 0 and 1 in turn, the first of 0; they sum to `height × width`. */
  readonly counts: Uint32Array;
}
