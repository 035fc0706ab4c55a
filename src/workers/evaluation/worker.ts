// The evaluation worker: reads and measures files of half a million rows, kept from the page so that it stays quick.
import { answerTo } from "./answers.js";
import {
  type EvaluationAnswer,
  type EvaluationRequest,
  type EvaluationStage,
  parseEvaluationRequest,
} from "./messages.js";
import { EvaluationTables, type OnProgress } from "./tables.js";

const tables = new EvaluationTables();

/** Tells the page of progress in steps that an eye can see; a file of 60 MB comes in a thousand pieces. */
function progressOf(id: number): OnProgress {
  let told: { readonly stage: EvaluationStage; readonly fraction: number } | null = null;
  return (stage, fraction) => {
    if (told?.stage === stage && fraction < 1 && fraction - told.fraction < 0.01) return;
    told = { stage, fraction };
    self.postMessage({ type: "progress", id, stage, fraction } satisfies EvaluationAnswer);
  };
}

async function answer(request: EvaluationRequest): Promise<void> {
  const { id } = request;
  try {
    const answered: EvaluationAnswer = await answerTo(request, tables, progressOf(id));
    const columns =
      answered.type === "measured" ? [answered.perCategoryAP, answered.precision, answered.scores] : [];
    self.postMessage(answered, { transfer: columns.map(({ buffer }) => buffer) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    self.postMessage({ type: "failed", id, message } satisfies EvaluationAnswer);
  }
}

/** Requests are answered one after the other: two at a time would read one file twice. */
let last: Promise<void> = Promise.resolve();

self.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  const request = parseEvaluationRequest(data);
  last = last.then(() => answer(request));
});
