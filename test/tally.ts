import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { array, number, object, parse, string } from "valibot";
import type { Reporter, TestModule } from "vitest/node";

const tallySchema = object({
  passed: number(),
  failed: number(),
  skipped: array(object({ name: string(), reason: string() })),
});

/** How many tests of a run passed and failed, and why each skipped one was skipped. */
export type Tally = ReturnType<typeof parseTally>;

const parseTally = (json: string) => parse(tallySchema, JSON.parse(json));

/** The environment variable that names the file a run's tally goes to. */
export const tallyFile = "SPINENET_TEST_TALLY";

/** Runs `run` with the name of a file for a tally, and reads it. Null where the run ended without writing one. */
export async function collectTally(run: (file: string) => Promise<void>): Promise<Tally | null> {
  const folder = mkdtempSync(join(tmpdir(), "spinenet-tally-"));
  const file = join(folder, "tally.json");
  try {
    await run(file);
    return parseTally(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A vitest reporter that writes a tally. A file that fails outside its tests counts as one failed test, and so does a test
 * that is skipped without a reason.
 */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env[tallyFile];
    if (file === undefined) throw new Error(`TallyReporter: ${tallyFile} names no file.`);
    let passed = 0;
    let failed = unhandled.length;
    const skipped: Tally["skipped"] = [];
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === "passed") passed++;
        else if (result.state === "failed") failedHere++;
        else {
          const name = `${module.relativeModuleId} > ${test.fullName}`;
          const note = test.meta().skipReason ?? (result.state === "skipped" ? result.note : undefined);
          // A test that was to run and did not: a hook before it failed.
          const reason = note ?? (test.options.mode === "run" ? "its suite failed" : undefined);
          if (reason === undefined) {
            console.error(`${name} is skipped without a reason; skippedFor takes one.`);
            failedHere++;
          } else {
            skipped.push({ name, reason });
          }
        }
      }
      failed += failedHere === 0 && !module.ok() ? 1 : failedHere;
    }
    writeFileSync(file, JSON.stringify({ passed, failed, skipped } satisfies Tally));
  }
}
