import type { StartedBackend } from "../../messages/detection.js";
import { resamplingProtocol } from "../../messages/resampling.js";
import { startBackend } from "../detection/backend.js";
import { serve } from "../serve.js";
import { resampleSmall } from "./smallResampling.js";

let started: Promise<StartedBackend> | null = null;

serve(resamplingProtocol, {
  async resample(connection) {
    started ??= startBackend("auto");
    const { backend } = await started;
    return { backend, maps: await resampleSmall(connection) };
  },
});
