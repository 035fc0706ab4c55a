import { type EvaluationClient, evaluationProtocol } from "../../messages/evaluation.js";
import { workerClient } from "../client.js";

/** The page's side of the evaluation worker. */
export function evaluationClient(): EvaluationClient {
  return workerClient(
    evaluationProtocol,
    () => new Worker(import.meta.resolve("./worker.js"), { type: "module" }),
  );
}
