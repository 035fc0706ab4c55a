import * as tf from "@tensorflow/tfjs-core";
import { largestLogRatio } from "../boxCoder.js";

/** Keeps the quotients finite where two boxes have no area between them, in square pixels. */
const smallestArea = 1e-7;

/**
 * Σ weight · (1 − GIoU) of decoded codes and their boxes (Rezatofighi et al., "Generalized Intersection over
 * Union", alg. 1): from 0 for equal boxes to 2 for small ones far apart. `codes` [rows, 4] are (ty, tx, th, tw)
 * against `anchors` [rows, 4]; anchors and `boxes` [rows, 4] are `[ymin, xmin, ymax, xmax]` in pixels of the
 * input; `weights` is [rows, 1]. Finite for any finite codes and boxes, also for those without an area.
 */
export function giouLoss(
  codes: tf.Tensor2D,
  anchors: tf.Tensor2D,
  boxes: tf.Tensor2D,
  weights: tf.Tensor2D,
): tf.Scalar {
  const [ymin, xmin, ymax, xmax] = decoded(codes, anchors);
  const [top, left, bottom, right] = columnsOf(boxes);
  const overlap = areaOf(
    tf.maximum(ymin, top),
    tf.maximum(xmin, left),
    tf.minimum(ymax, bottom),
    tf.minimum(xmax, right),
  );
  const hull = areaOf(
    tf.minimum(ymin, top),
    tf.minimum(xmin, left),
    tf.maximum(ymax, bottom),
    tf.maximum(xmax, right),
  );
  const union = tf.sub(tf.add(areaOf(ymin, xmin, ymax, xmax), areaOf(top, left, bottom, right)), overlap);
  const iou = tf.div(overlap, tf.add(union, smallestArea));
  const filled = tf.div(union, tf.add(hull, smallestArea));
  // 1 − GIoU = 1 − IoU + (hull − union) / hull
  return tf.sum<tf.Scalar>(tf.mul(tf.sub(2, tf.add(iou, filled)), weights));
}

type Columns = [ymin: tf.Tensor, xmin: tf.Tensor, ymax: tf.Tensor, xmax: tf.Tensor];

function columnsOf(rows: tf.Tensor2D): Columns {
  const [first, second, third, fourth] = tf.split(rows, 4, 1);
  return [first!, second!, third!, fourth!];
}

function areaOf(ymin: tf.Tensor, xmin: tf.Tensor, ymax: tf.Tensor, xmax: tf.Tensor): tf.Tensor {
  return tf.mul(tf.relu(tf.sub(ymax, ymin)), tf.relu(tf.sub(xmax, xmin)));
}

/** As `decodeBox`, in tensors. */
function decoded(codes: tf.Tensor2D, anchors: tf.Tensor2D): Columns {
  const [ty, tx, th, tw] = columnsOf(codes);
  const [top, left, bottom, right] = columnsOf(anchors);
  const along = (start: tf.Tensor, end: tf.Tensor, shift: tf.Tensor, logRatio: tf.Tensor) => {
    const side = tf.sub(end, start);
    const centre = tf.add(tf.add(start, tf.mul(side, 0.5)), tf.mul(shift, side));
    const half = tf.mul(side, tf.mul(tf.exp(tf.minimum(logRatio, largestLogRatio)), 0.5));
    return [tf.sub(centre, half), tf.add(centre, half)] as const;
  };
  const [ymin, ymax] = along(top, bottom, ty, th);
  const [xmin, xmax] = along(left, right, tx, tw);
  return [ymin, xmin, ymax, xmax];
}
