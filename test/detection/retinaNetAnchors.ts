import type { AnchorSettings } from "../../src/detection/anchors.js";

/**
 * RetinaNet with SpineNet-49S, -49 and -96 (paper §5.1: anchor size 3; 143 and 190 use 4), with the ratios in
 * the order of the Model Garden; the TF1 checkpoints hold them as 1, 2, 1/2.
 */
export const retinaNetAnchors: AnchorSettings = {
  levels: [3, 4, 5, 6, 7],
  size: 3,
  scalesPerOctave: 3,
  aspectRatios: [0.5, 1, 2],
};
