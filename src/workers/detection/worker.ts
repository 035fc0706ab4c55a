// The detection worker: all that has to do with tensors, kept from the page so that it stays quick.
import { costsOf } from "../../architecture/costs/costs.js";
import { layersOf } from "../../architecture/layers/layersOf.js";
import { decodeWeights } from "../../checkpoints/weights.js";
import { Detector } from "../../detection/detector.js";
import { startBackend } from "./backend.js";
import { type Answer, parseRequest, type Request } from "./messages.js";
import { pixelsOf } from "./pixels.js";

let detector: Detector | null = null;
let hasRun = false;

async function answerTo(request: Request): Promise<Answer> {
  const { id } = request;
  switch (request.type) {
    case "start": {
      const { backend, device, passedOver } = await startBackend(request.backend);
      return { type: "started", id, backend, device, passedOver: [...passedOver] };
    }
    case "load": {
      const weights = decodeWeights(new Uint8Array(request.file), request.source);
      const loaded = Detector.of(weights);
      detector?.dispose();
      detector = loaded;
      hasRun = false;
      const [height, width] = loaded.inputSize;
      return {
        type: "loaded",
        id,
        model: weights.model.name,
        classes: weights.classes.map(({ name }) => name),
        parameters: costsOf(layersOf(weights.model)).parameters.trainable,
        inputSize: [height, width],
      };
    }
    case "detect": {
      if (detector === null) {
        request.image.close();
        throw new Error("No weights are loaded yet; choose some first.");
      }
      const started = performance.now();
      const found = await detector.detect(pixelsOf(request.image));
      const first = !hasRun;
      hasRun = true;
      return {
        type: "detected",
        id,
        objects: found.map(({ bbox: [x, y, width, height], ...rest }) => ({
          ...rest,
          bbox: [x, y, width, height],
        })),
        milliseconds: performance.now() - started,
        first,
      };
    }
  }
}

/** Requests are answered one after the other: two at a time would share tfjs's engine. */
let last: Promise<void> = Promise.resolve();

self.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  const request = parseRequest(data);
  last = last.then(async () => {
    let answer: Answer;
    try {
      answer = await answerTo(request);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      answer = { type: "failed", id: request.id, message };
    }
    self.postMessage(answer);
  });
});
