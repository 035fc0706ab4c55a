import type { Boxes } from "./boxes.js";
import { ignored, type MatchSettings, matchAnchors, negative, retinaNetMatching } from "./matcher.js";

/** What one image's anchors should predict. Plain arrays, so that a worker can make and send it. */
export interface ImageTargets {
  /** For each anchor the class channel of its object, −1 for background, −2 when it is ignored. */
  readonly classTargets: Int32Array;
  /** Indices of the anchors that have an object, ascending. */
  readonly positives: Int32Array;
  /** Their objects' boxes, P × 4 values `[ymin, xmin, ymax, xmax]` in pixels of the input. */
  readonly boxTargets: Float32Array;
  /** Class channels of which nothing is known in this image; absent where all are. */
  readonly unlabelled?: readonly number[];
}

/**
 * Targets of one image. `boxes` and `crowds` are `[ymin, xmin, ymax, xmax]` in pixels of the input; `classes`
 * holds the channel of each box, from 0. Class indices rather than one-hot rows keep a batch at four bytes per
 * anchor, where 91 classes at 640 pixels would take 28 MB per image.
 */
export function targetsOf(
  anchors: Boxes,
  boxes: Boxes,
  classes: ArrayLike<number>,
  crowds: Boxes = new Float32Array(0),
  settings: MatchSettings = retinaNetMatching,
): ImageTargets {
  const matches = matchAnchors(anchors, boxes, settings, crowds);
  const classTargets = new Int32Array(matches.length);
  const positives: number[] = [];
  for (let i = 0; i < matches.length; i++) {
    const box = matches[i]!;
    if (box === negative || box === ignored) {
      classTargets[i] = box;
    } else {
      classTargets[i] = classes[box]!;
      positives.push(i);
    }
  }
  const boxTargets = new Float32Array(positives.length * 4);
  positives.forEach((anchor, i) => {
    const box = matches[anchor]! * 4;
    boxTargets.set(boxes.subarray(box, box + 4), i * 4);
  });
  return { classTargets, positives: Int32Array.from(positives), boxTargets };
}
