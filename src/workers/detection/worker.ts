import { costsOf } from "../../architecture/costs/costs.js";
import { layersOf } from "../../architecture/layers/layersOf.js";
import { decodeWeights } from "../../checkpoints/weights.js";
import { Detector } from "../../detection/detector.js";
import { detectionProtocol } from "../../messages/detection.js";
import { serve } from "../serve.js";
import { startBackend } from "./backend.js";
import { pixelsOf } from "./pixels.js";

let detector: Detector | null = null;
let hasRun = false;

serve(detectionProtocol, {
  start: ({ backend }) => startBackend(backend),

  async load({ file, source }) {
    const weights = decodeWeights(new Uint8Array(file), source);
    const loaded = Detector.of(weights);
    detector?.dispose();
    detector = loaded;
    hasRun = false;
    return {
      model: weights.model.name,
      classes: weights.classes.map(({ name }) => name),
      parameters: costsOf(layersOf(weights.model)).parameters.trainable,
      inputSize: loaded.inputSize,
    };
  },

  async detect({ image }) {
    if (detector === null) {
      image.close();
      throw new Error("No weights are loaded yet; choose some first.");
    }
    const started = performance.now();
    const found = await detector.detect(pixelsOf(image));
    const first = !hasRun;
    hasRun = true;
    return {
      objects: found.map(({ bbox, score, name }) => ({ bbox, score, name })),
      milliseconds: performance.now() - started,
      first,
    };
  },
});
