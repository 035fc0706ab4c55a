// The resampling worker: brings tfjs only to a page whose reader comes to see tensors.
import { type StartedBackend, startBackend } from "../detection/backend.js";
import { parseResamplingRequest, type ResamplingAnswer } from "./messages.js";
import { resampleSmall } from "./smallResampling.js";

let started: Promise<StartedBackend> | null = null;
/** One after the other, since all share tfjs's engine. */
let last: Promise<void> = Promise.resolve();

self.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  const { id, connection } = parseResamplingRequest(data);
  last = last.then(async () => {
    let answer: ResamplingAnswer;
    try {
      started ??= startBackend("auto");
      const { backend } = await started;
      answer = { type: "resampled", id, backend, maps: await resampleSmall(connection) };
    } catch (error) {
      answer = { type: "failed", id, message: error instanceof Error ? error.message : String(error) };
    }
    self.postMessage(answer);
  });
});
