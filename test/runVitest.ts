import { runTool } from "./runTool.js";
import { collectTally, type Tally, tallyFile } from "./tally.js";

/** Runs vitest and counts its tests. A run that ends before its tests do counts as one failed test. */
export async function runVitest(parameters: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Tally> {
  let succeeded = false;
  const tally = await collectTally(async (file) => {
    succeeded = await runTool(
      "vitest",
      ["run", "--reporter=default", "--reporter=./test/tally.ts", ...parameters],
      { ...env, [tallyFile]: file },
    );
  });
  if (tally === null) {
    console.error("The run ended before its tests did; that counts as one failed test.");
    return { passed: 0, failed: 1, skipped: [] };
  }
  return succeeded || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}
