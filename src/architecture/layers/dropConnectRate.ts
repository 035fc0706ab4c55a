import type { Backbone } from "../model/model.js";

/**
 * The drop rate of a scale-permuted block: it grows linearly from the first to the last, which has the model's
 * `dropConnect` (stochastic depth, Huang et al. 2016). Blocks of the stem are never dropped.
 *
 * @param position among the scale-permuted blocks, from 0
 */
export function dropConnectRate({ dropConnect, blocks }: Backbone, position: number): number {
  // The Model Garden divides by 16, since it builds a sixteenth block that it then prunes; here as in TF1.
  return (dropConnect * (position + 1)) / blocks.length;
}
