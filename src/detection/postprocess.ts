import { type DecodeOptions, decodeBox } from "./boxCoder.js";
import { areaOf, type Boxes } from "./boxes.js";
import { nonMaximumSuppression } from "./nonMaximumSuppression.js";

export interface PostprocessSettings extends DecodeOptions {
  /** Detections score above this, strictly; from 0 to 1. */
  readonly scoreThreshold: number;
  /** Best candidates of a class that enter its suppression. */
  readonly preNmsTopPerClass: number;
  readonly iouThreshold: number;
  /** Best detections kept over all classes. */
  readonly maxDetections: number;
  /** Channels before this one are not read: 1 where channel 0 is the background, as in TensorFlow's checkpoints. */
  readonly firstChannel?: number;
}

/** RetinaNet's settings in the official repositories. */
export const retinaNetPostprocessing: PostprocessSettings = {
  scoreThreshold: 0.05,
  preNmsTopPerClass: 5000,
  iouThreshold: 0.5,
  maxDetections: 100,
};

export interface Detection {
  /** In pixels of the network's input, within the part the image covers. */
  readonly box: readonly [ymin: number, xmin: number, ymax: number, xmax: number];
  /** Index of the class logit. */
  readonly channel: number;
  /** From 0 to 1. */
  readonly score: number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/**
 * Detections of one image, best first, from the raw outputs of a RetinaNet: N × C class logits and N × 4 box
 * codes for N anchors. Boxes are clipped to `clip`, the height and width that the image covers in the input;
 * those with nothing left are dropped. Suppression works within each class.
 */
export function detectionsOf(
  classLogits: Float32Array,
  boxCodes: Float32Array,
  anchors: Boxes,
  clip: readonly [height: number, width: number],
  settings: PostprocessSettings = retinaNetPostprocessing,
): Detection[] {
  const { iouThreshold, maxDetections } = settings;
  const boxes = new Float32Array(anchors.length);
  const decoded = new Uint8Array(anchors.length / 4);
  const decode = (anchor: number) => {
    if (decoded[anchor] === 1) return;
    decoded[anchor] = 1;
    decodeBox(boxCodes, anchors, anchor * 4, boxes, anchor * 4, settings);
    for (let side = 0; side < 4; side++) {
      boxes[anchor * 4 + side] = Math.min(Math.max(boxes[anchor * 4 + side]!, 0), clip[side % 2]!);
    }
  };

  const found: { anchor: number; channel: number; logit: number }[] = [];
  candidatesOf(classLogits, anchors.length / 4, settings).forEach((candidates, channel) => {
    for (const { anchor } of candidates) decode(anchor);
    const visible = candidates.filter(({ anchor }) => areaOf(boxes, anchor * 4) > 0);
    const ofChannel = new Float32Array(visible.length * 4);
    visible.forEach(({ anchor }, i) => {
      ofChannel.set(boxes.subarray(anchor * 4, anchor * 4 + 4), i * 4);
    });
    const logits = visible.map(({ logit }) => logit);
    for (const kept of nonMaximumSuppression(ofChannel, logits, iouThreshold, maxDetections)) {
      found.push({ channel, ...visible[kept]! });
    }
  });
  found.sort((a, b) => b.logit - a.logit || a.channel - b.channel || a.anchor - b.anchor);
  return found.slice(0, maxDetections).map(({ anchor, channel, logit }) => {
    const [ymin, xmin, ymax, xmax] = boxes.subarray(anchor * 4, anchor * 4 + 4);
    return { box: [ymin!, xmin!, ymax!, xmax!], channel, score: sigmoid(logit) };
  });
}

interface Candidate {
  readonly anchor: number;
  readonly logit: number;
}

/** The best candidates of each channel, best first; equal ones in the order of the anchors. */
function candidatesOf(
  classLogits: Float32Array,
  anchorCount: number,
  { scoreThreshold, preNmsTopPerClass, firstChannel = 0 }: PostprocessSettings,
): Map<number, Candidate[]> {
  const channels = classLogits.length / anchorCount;
  // Comparing logits saves a sigmoid for each of the millions of values far below the threshold.
  const threshold = Math.log(scoreThreshold / (1 - scoreThreshold));
  const byChannel = new Map<number, Candidate[]>();
  for (let anchor = 0; anchor < anchorCount; anchor++) {
    for (let channel = firstChannel; channel < channels; channel++) {
      const logit = classLogits[anchor * channels + channel]!;
      if (!(logit > threshold)) continue;
      const candidates = byChannel.get(channel);
      if (candidates === undefined) byChannel.set(channel, [{ anchor, logit }]);
      else candidates.push({ anchor, logit });
    }
  }
  for (const [channel, candidates] of byChannel) {
    candidates.sort((a, b) => b.logit - a.logit || a.anchor - b.anchor);
    byChannel.set(channel, candidates.slice(0, preNmsTopPerClass));
  }
  return byChannel;
}
