import { type ResamplingClient, resamplingProtocol } from "../../messages/resampling.js";
import { workerClient } from "../client.js";

/** The page's side of the resampling worker. */
export function resamplingClient(): ResamplingClient {
  return workerClient(
    resamplingProtocol,
    () => new Worker(import.meta.resolve("./worker.js"), { type: "module" }),
  );
}
