import { costsOf } from "../../architecture/costs/costs.js";
import { layersOf } from "../../architecture/layers/layersOf.js";
import { decodeWeights, type Weights } from "../../checkpoints/weights.js";
import { Detector } from "../../detection/detector.js";
import { detectionProtocol, type LoadedWeights } from "../../messages/detection.js";
import { serve } from "../serve.js";
import { startBackend } from "./backend.js";
import { checkpointWeights } from "./checkpointWeights.js";
import { pixelsOf } from "./pixels.js";

let detector: Detector | null = null;
let hasRun = false;

serve(detectionProtocol, {
  start: ({ backend }) => startBackend(backend),

  load: async ({ file, source }) => use(decodeWeights(new Uint8Array(file), source)),

  loadCheckpoint: async ({ files }) => use(await checkpointWeights(files)),

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

/** Detects with these weights from now on. */
function use(weights: Weights): LoadedWeights {
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
}
