import type { TensorValues } from "../../network/tensorValues.js";
import { encodeBoxes } from "../boxCoder.js";
import type { Boxes } from "../boxes.js";
import type { ImageTargets } from "../imageTargets.js";
import { paddedListOf } from "../paddedList.js";
import { type FocalTargets, focalTargetsOf } from "./focalLoss.js";

/** What a batch's loss compares the head's outputs with; `T` is a tensor, or a tensor's values. */
export interface LossTargets<T> extends FocalTargets<T> {
  /** [rows], int32: indices of the anchors with an object among those of the whole batch. */
  readonly rows: T;
  /** [rows, 1]: 1, and 0 for padding. */
  readonly rowWeights: T;
  /** [rows, 4], the anchors' boxes, `[ymin, xmin, ymax, xmax]` in pixels of the input. */
  readonly anchors: T;
  /** [rows, 4], their objects' boxes. */
  readonly boxes: T;
  /** [rows, 4], the objects' boxes as (ty, tx, th, tw) against the anchors. */
  readonly codes: T;
  /** [], the positive anchors of the whole batch + 1. */
  readonly normaliser: T;
}

/** Targets of a batch, one entry per image. `anchors` has four values per anchor, `classes` counts channels. */
export function lossTargetsOf(
  targets: readonly ImageTargets[],
  anchors: Boxes,
  classes: number,
): LossTargets<TensorValues> {
  const anchorCount = anchors.length / 4;
  const classTargets = new Int32Array(targets.length * anchorCount);
  const positives: number[] = [];
  targets.forEach((image, i) => {
    if (image.classTargets.length !== anchorCount) {
      throw new Error(
        `Image ${i} of the batch has ${image.classTargets.length} class targets where there are ${anchorCount} anchors.`,
      );
    }
    classTargets.set(image.classTargets, i * anchorCount);
    for (const anchor of image.positives) positives.push(i * anchorCount + anchor);
  });
  const partly = targets.some(({ unlabelled }) => unlabelled !== undefined);
  const unlabelled = targets.map((image) => image.unlabelled ?? []);
  const { indices, weights } = paddedListOf(positives);
  const rows = indices.length;
  // The padding compares anchor 0 with itself, so that it is finite before its weight of 0 counts.
  const anchorRows = new Float32Array(rows * 4);
  indices.forEach((index, i) => {
    const offset = (index % anchorCount) * 4;
    anchorRows.set(anchors.subarray(offset, offset + 4), i * 4);
  });
  const boxRows = Float32Array.from(anchorRows);
  let offset = 0;
  for (const { boxTargets } of targets) {
    boxRows.set(boxTargets, offset);
    offset += boxTargets.length;
  }
  return {
    ...focalTargetsOf(classTargets, classes, partly ? unlabelled : undefined),
    rows: { shape: [rows], values: indices },
    rowWeights: { shape: [rows, 1], values: weights },
    anchors: { shape: [rows, 4], values: anchorRows },
    boxes: { shape: [rows, 4], values: boxRows },
    codes: { shape: [rows, 4], values: encodeBoxes(boxRows, anchorRows) },
    normaliser: { shape: [], values: Float32Array.of(positives.length + 1) },
  };
}

/** Targets whose parts are made one by one from their names. */
export function lossTargetsBy<T>(part: (name: keyof LossTargets<T>) => T): LossTargets<T> {
  return {
    positives: part("positives"),
    positiveWeights: part("positiveWeights"),
    mask: part("mask"),
    rows: part("rows"),
    rowWeights: part("rowWeights"),
    anchors: part("anchors"),
    boxes: part("boxes"),
    codes: part("codes"),
    normaliser: part("normaliser"),
  };
}
