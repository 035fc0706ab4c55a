import { runStudy, type StudyRun } from "../runStudy.js";
import { RunDisplay } from "./display.js";

/** Runs a study and shows its progress on standard error. */
export async function runWithDisplay(run: Omit<StudyRun, "onProgress" | "onEvaluated">) {
  const display = new RunDisplay();
  try {
    return await runStudy({ ...run, onProgress: display.onProgress, onEvaluated: display.onEvaluated });
  } finally {
    display.stop();
  }
}
