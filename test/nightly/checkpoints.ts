import fc from "fast-check";
import { changesOfIndex, planChanged } from "../checkpoints/tensorflow/conversion/mutatedIndex.js";
import {
  type MutatedCheckpoint,
  mutatedCheckpoint,
  readWhole,
} from "../checkpoints/tensorflow/mutatedCheckpoint.js";
import { type NightlyRow, type NightlySettings, runCheck } from "./part.js";

const damaged = "damaged TensorFlow checkpoints";
const renamed = "TensorFlow checkpoints of other names and shapes";
/** One of these takes as long as some twenty of the others. */
const renamedShare = 1 / 20;

/** The files have at most a few kilobytes. */
const longestSeconds = 2;
const mostGrowth = 512 * 2 ** 20;

/** Damaged TensorFlow checkpoints: each must be read or refused with a typed error, quickly and in little memory. */
export async function checkCheckpoints(settings: NightlySettings): Promise<NightlyRow[]> {
  const rows: NightlyRow[] = [];
  if (settings.isChosen(damaged)) {
    rows.push(await runCheck(settings, damaged, () => readMutated(settings)));
  }
  if (settings.isChosen(renamed)) {
    rows.push(await runCheck(settings, renamed, () => planRenamed(settings)));
  }
  return rows;
}

async function planRenamed({ seed, runs, keepFailure }: NightlySettings) {
  const numRuns = Math.ceil(runs * renamedShare);
  let refused = 0;
  const property = fc.property(changesOfIndex, (changes) => {
    if (planChanged(changes) === "refused") refused++;
  });
  const { failed, counterexample, errorInstance } = fc.check(property, { seed, numRuns });
  if (failed) {
    const file = await keepFailure({ check: renamed, error: errorInstance, input: counterexample });
    return { runs: numRuns, failures: 1, note: file };
  }
  return { runs: numRuns, failures: 0, note: `${refused} refused, the others recognised` };
}

async function readMutated({ seed, runs, keepFailure }: NightlySettings) {
  const before = process.memoryUsage.rss();
  let refused = 0;
  let slowest = 0;
  let peak = before;
  const property = fc.asyncProperty(mutatedCheckpoint, async (checkpoint) => {
    const started = performance.now();
    if (!(await readWhole(checkpoint))) refused++;
    const seconds = (performance.now() - started) / 1000;
    slowest = Math.max(slowest, seconds);
    peak = Math.max(peak, process.memoryUsage.rss());
    if (seconds > longestSeconds) throw new Error(`It took ${seconds.toFixed(1)} seconds.`);
    if (peak - before > mostGrowth) throw new Error(`Memory grew by ${megabytes(peak - before)} MB.`);
  });
  const { failed, counterexample, errorInstance } = await fc.check(property, { seed, numRuns: runs });
  if (failed) {
    const [checkpoint] = counterexample!;
    const file = await keepFailure({ check: damaged, error: errorInstance, input: asJson(checkpoint) });
    return { runs, failures: 1, note: file };
  }
  const note = `${refused} refused, the others read; slowest ${Math.round(1000 * slowest)} ms, memory grew by ${megabytes(peak - before)} MB`;
  return { runs, failures: 0, note };
}

function megabytes(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

function asJson({ how, files }: MutatedCheckpoint) {
  const encoded = [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")]);
  return { how, files: Object.fromEntries(encoded) };
}
