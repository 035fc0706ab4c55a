import { existsSync } from "node:fs";
import { runId, runStudy, type StudyRun } from "../runStudy.js";
import { stateFile } from "../state/stateFile.js";
import { RunDisplay } from "./display.js";
import { onInterrupt } from "./interrupt.js";
import { isJob } from "./jobMessages.js";

/** Runs a study and shows its progress on standard error, and how to continue if it is interrupted. */
export async function runWithDisplay(run: Omit<StudyRun, "onProgress" | "onEvaluated">) {
  const display = new RunDisplay();
  const ignore = onInterrupt(() => {
    display.stop();
    // The parent of several says it once.
    if (isJob()) return "";
    return existsSync(stateFile(runId(run), run.out))
      ? `Interrupted; ${run.howToContinue}.`
      : "Interrupted before the first state was saved; run the same command again to start over.";
  });
  try {
    return await runStudy({ ...run, onProgress: display.onProgress, onEvaluated: display.onEvaluated });
  } finally {
    ignore();
    display.stop();
  }
}
