import * as tf from "@tensorflow/tfjs-core";
import { batchNormTraining } from "../../../src/network/batchNorm.js";

const anchors = 9;
const classes = 10;
const pyramidWidth = 84;
const learningRate = 1e-4;
const epsilon = 1e-3;

/** A network to time, with one fixed batch. */
export interface BenchmarkNetwork {
  readonly batch: number;
  /** Multiplications with additions that the convolutions of one image's forward pass take. */
  readonly multiplyAdds: number;
  /** One step of gradient descent; the loss before it. */
  readonly step: () => number;
  readonly dispose: () => void;
}

/**
 * A detector of RetinaNet's make (Lin et al. 2017), small enough for a CPU: a residual trunk of levels 2 to
 * 5, a pyramid of levels 3 to 7, and a head of two convolutions shared by the levels, with batch norm
 * and swish. The same seeds give the same network and batch every time.
 */
export function createBenchmarkNetwork(batch: number, size: number): BenchmarkNetwork {
  const variables = new Map<string, tf.Variable>();
  let multiplyAdds = 0;
  let counting = true;

  function variable(name: string, shape: number[], make: (seed: number) => tf.Tensor): tf.Tensor {
    const existing = variables.get(name);
    if (existing) return existing;
    const made = tf.tidy(() => tf.variable(tf.reshape(make(variables.size + 1), shape), true));
    variables.set(name, made);
    return made;
  }

  function convolution(
    name: string,
    x: tf.Tensor4D,
    filters: number,
    kernel: number,
    stride: number,
  ): tf.Tensor4D {
    const shape: [number, number, number, number] = [kernel, kernel, x.shape[3], filters];
    const deviation = Math.sqrt(1 / (kernel * kernel * x.shape[3]));
    const weights = variable(name, shape, (seed) => tf.randomNormal(shape, 0, deviation, "float32", seed));
    const y = tf.conv2d(x, tf.reshape<tf.Rank.R4>(weights, shape), stride, "same");
    if (counting) multiplyAdds += (y.size / batch) * kernel * kernel * x.shape[3];
    return y;
  }

  function normalise(name: string, x: tf.Tensor4D, activation: "swish" | "none"): tf.Tensor4D {
    const width = x.shape[3];
    const gamma = variable(`${name}/gamma`, [width], () => tf.ones([width]));
    const beta = variable(`${name}/beta`, [width], () => tf.zeros([width]));
    return batchNormTraining(x, tf.reshape(gamma, [width]), tf.reshape(beta, [width]), epsilon, activation).y;
  }

  function residualBlock(name: string, x: tf.Tensor4D, filters: number, stride: number): tf.Tensor4D {
    const first = normalise(`${name}/1`, convolution(`${name}/conv1`, x, filters, 3, stride), "swish");
    const second = normalise(`${name}/2`, convolution(`${name}/conv2`, first, filters, 3, 1), "none");
    const shortcut =
      stride === 1 && x.shape[3] === filters
        ? x
        : normalise(`${name}/s`, convolution(`${name}/shortcut`, x, filters, 1, stride), "none");
    const sum = tf.add<tf.Tensor4D>(second, shortcut);
    return normalise(`${name}/3`, sum, "swish");
  }

  function predictions(image: tf.Tensor4D): tf.Tensor4D[] {
    const stem = normalise("stem", convolution("stem/conv", image, 32, 7, 2), "swish");
    let x = tf.maxPool(stem, 3, 2, "same");
    const levels: tf.Tensor4D[] = [];
    for (const [level, filters] of [
      [2, 32],
      [3, 64],
      [4, 128],
      [5, 256],
    ] as const) {
      x = residualBlock(`l${level}/1`, x, filters, level === 2 ? 1 : 2);
      x = residualBlock(`l${level}/2`, x, filters, 1);
      levels.push(x);
    }
    const [, third, fourth, fifth] = levels;
    const p5 = convolution("p5", fifth!, pyramidWidth, 1, 1);
    const p4 = tf.add<tf.Tensor4D>(convolution("p4", fourth!, pyramidWidth, 1, 1), enlarged(p5));
    const p3 = tf.add<tf.Tensor4D>(convolution("p3", third!, pyramidWidth, 1, 1), enlarged(p4));
    const p6 = convolution("p6", p5, pyramidWidth, 3, 2);
    const p7 = convolution("p7", p6, pyramidWidth, 3, 2);
    return [p3, p4, p5, p6, p7].flatMap((feature, index) => {
      let tower = feature;
      for (const depth of [1, 2]) {
        tower = normalise(
          `head/${index}/${depth}`,
          convolution(`head/${depth}`, tower, pyramidWidth, 3, 1),
          "swish",
        );
      }
      return [
        convolution("head/classes", tower, anchors * classes, 3, 1),
        convolution("head/boxes", tower, anchors * 4, 3, 1),
      ];
    });
  }

  const images = tf.randomNormal<tf.Rank.R4>([batch, size, size, 3], 0, 1, "float32", 1);
  const loss = (): tf.Scalar =>
    tf.addN(predictions(images).map((prediction) => tf.mean(tf.square(tf.sub(prediction, 1)))));
  tf.tidy(() => void loss());
  counting = false;
  const trained = [...variables.values()];

  return {
    batch,
    multiplyAdds,
    step: () =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(loss, trained);
        for (const each of trained) {
          const gradient = grads[each.name];
          if (gradient) each.assign(tf.sub(each, tf.mul(gradient, learningRate)));
        }
        return value.dataSync()[0]!;
      }),
    dispose: () => tf.dispose([images, ...trained]),
  };
}

function enlarged(x: tf.Tensor4D): tf.Tensor4D {
  return tf.image.resizeNearestNeighbor(x, [x.shape[1] * 2, x.shape[2] * 2]);
}
