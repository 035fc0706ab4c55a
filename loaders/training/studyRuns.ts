import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { MissingRun } from "../../src/pageData/results.js";
import { startEngine } from "../engine/startEngine.js";
import { log } from "../log.js";
import type { RunRecord } from "../records/record.js";
import { dataFolder } from "../records/records.js";
import { allows, type TierLimit } from "./buildTier.js";
import { runWithDisplay } from "./display/runWithDisplay.js";
import { defaultWorkers } from "./input/pipeline.js";
import { readStudies, type Study, trainingCommand } from "./study.js";

interface StudyRuns {
  readonly records: readonly RunRecord[];
  /** Ids of the records that were made just now and are not in `data/runs`. */
  readonly madeNow: ReadonlySet<string>;
  readonly missing: readonly MissingRun[];
}

/**
 * A record for every study, as far as possible: existing ones, and new runs of the other studies within the limit. An
 * instant run leaves nothing on disk; a longer one is written to `data`.
 */
export async function studyRuns(records: readonly RunRecord[], limit: TierLimit): Promise<StudyRuns> {
  const made: RunRecord[] = [];
  const missing: MissingRun[] = [];
  for (const study of await readStudies()) {
    if (records.some((record) => record.study === study.id)) continue;
    const command = trainingCommand(study);
    if (allows(limit, study.tier)) made.push(await runNow(study, command));
    else missing.push({ title: study.title, command });
  }
  const madeNow = new Set(made.filter(({ tier }) => tier === "instant").map(({ id }) => id));
  return { records: [...records, ...made], madeNow, missing };
}

async function runNow(study: Study, command: string): Promise<RunRecord> {
  const instant = study.tier === "instant";
  const out = instant ? await mkdtemp(join(tmpdir(), "spinenet-")) : dataFolder;
  try {
    const { record } = await runWithDisplay({
      study,
      command,
      startEngine: async () => {
        // The instant tier must give the same result on every computer, so it uses the engine that all have.
        const engine = await startEngine(instant ? "wasm" : "auto");
        log.info(`${study.title}: no record yet, training it now on ${engine.name}`);
        return engine;
      },
      onState: instant ? "restart" : "resume",
      howToContinue: "build again, which continues",
      out,
      storedType: "F16",
      ...(instant ? {} : { input: { workers: defaultWorkers() } }),
    });
    return record;
  } finally {
    if (instant) await rm(out, { recursive: true, force: true });
  }
}
