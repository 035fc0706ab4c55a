import { graphOf } from "../architecture/layers/layersOf.js";
import type { ClassChannel, Weights } from "../checkpoints/weights.js";
import { type CreatePass, eagerPass, type Pass } from "../network/forwardPass.js";
import { Network } from "../network/network.js";
import { anchorSettingsOf } from "./anchorSettings.js";
import { anchorsOf } from "./anchors.js";
import { headOutputsOf } from "./headOutputs.js";
import {
  imageNetDeviation,
  imageNetMean,
  type Letterbox,
  letterbox,
  type PixelImage,
  toImageBox,
} from "./letterbox.js";
import { detectionsOf, type PostprocessSettings, retinaNetPostprocessing } from "./postprocess.js";

/** One object found in an image. */
export interface DetectedObject {
  /** `[x, y, width, height]` in pixels of the original image. */
  readonly bbox: readonly [x: number, y: number, width: number, height: number];
  readonly score: number;
  readonly categoryId: number;
  readonly name: string;
}

/** Finds objects in images: letterbox, network, decoding and suppression, on the engine that is active. */
export class Detector {
  private constructor(
    readonly classes: readonly ClassChannel[],
    private readonly network: Network,
    private readonly pass: Pass,
    private readonly anchors: Float32Array,
    private readonly postprocessing: PostprocessSettings,
  ) {}

  /**
   * @param createPass How the network is run; by default one operation at a time.
   * @throws Error if the weights' model finds no boxes, or was trained on images normalised in another way.
   */
  static of(
    weights: Weights,
    settings: PostprocessSettings = retinaNetPostprocessing,
    createPass: CreatePass = eagerPass,
  ): Detector {
    const { model, preprocessing } = weights;
    checkPreprocessing(preprocessing);
    const anchors = anchorsOf(anchorSettingsOf(model, graphOf(model)), ...model.inputSize);
    const firstChannel = Math.min(...weights.classes.map(({ channel }) => channel));
    const network = Network.of(model, weights.values);
    const pass = createPass((images) => {
      const { classLogits, boxCodes } = headOutputsOf(
        network.predict(images),
        network.outputs,
        model.classes,
      );
      return [classLogits, boxCodes];
    });
    const plusOne = model.head.kind === "retinanet" && model.head.inclusiveBoxes === true;
    return new Detector(weights.classes, network, pass, anchors, { ...settings, firstChannel, plusOne });
  }

  /** Height and width of the network's input, in pixels. */
  get inputSize(): readonly [number, number] {
    return this.network.model.inputSize;
  }

  /** Objects of one image, best first. */
  async detect(image: PixelImage): Promise<DetectedObject[]> {
    const [found] = await this.detectBatch([image]);
    return found!;
  }

  /** Objects of each of several images, which the network computes together. */
  async detectBatch(batch: readonly PixelImage[]): Promise<DetectedObject[][]> {
    const placed = batch.map((image) => letterbox(image, this.inputSize));
    const [height, width] = this.inputSize;
    const values = new Float32Array(batch.length * height * width * 3);
    placed.forEach(({ pixels }, index) => {
      values.set(pixels, index * pixels.length);
    });
    const [logits, codes] = await this.pass.run({ shape: [batch.length, height, width, 3], values });
    return placed.map((letterboxed, index) =>
      this.objectsOf(letterboxed, rowOf(logits!, index, batch.length), rowOf(codes!, index, batch.length)),
    );
  }

  private objectsOf(placed: Letterbox, classLogits: Float32Array, boxCodes: Float32Array): DetectedObject[] {
    const clip = [placed.resizedHeight, placed.resizedWidth] as const;
    const found = detectionsOf(classLogits, boxCodes, this.anchors, clip, this.postprocessing);
    const byChannel = new Map(this.classes.map((entry) => [entry.channel, entry]));
    return found.flatMap(({ box, channel, score }) => {
      const entry = byChannel.get(channel);
      return entry
        ? [{ bbox: toImageBox(box, placed), score, categoryId: entry.categoryId, name: entry.name }]
        : [];
    });
  }

  dispose(): void {
    this.pass.dispose();
    this.network.dispose();
  }
}

/** One image's share of a batch's values. */
function rowOf(values: Float32Array, index: number, batch: number): Float32Array {
  const length = values.length / batch;
  return values.subarray(index * length, (index + 1) * length);
}

function checkPreprocessing({ mean, deviation }: Weights["preprocessing"]): void {
  if (mean.join() !== imageNetMean.join() || deviation.join() !== imageNetDeviation.join()) {
    throw new Error(
      `The weights need images normalised with the mean ${mean.join(", ")} and the deviation ${deviation.join(", ")}; ` +
        `only ${imageNetMean.join(", ")} and ${imageNetDeviation.join(", ")} are supported.`,
    );
  }
}
