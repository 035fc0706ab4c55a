import { type DetectionClient, detectionProtocol } from "../../messages/detection.js";
import { workerClient } from "../client.js";

/** The page's side of the detection worker. */
export function detectionClient(): DetectionClient {
  return workerClient(
    detectionProtocol,
    () => new Worker(import.meta.resolve("./worker.js"), { type: "module" }),
  );
}
