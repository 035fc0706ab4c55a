import { join } from "node:path";
import { runVitest } from "../runVitest.js";
import { type NightlyRow, type NightlySettings, runCheck } from "./part.js";

const check = "test/coco";

/** The property tests of `test/coco`, on more cases than `npm test` takes. */
export async function checkProperties(settings: NightlySettings): Promise<NightlyRow[]> {
  if (!settings.isChosen(check)) return [];
  const row = await runCheck(settings, check, async () => {
    const tally = await runVitest(
      ["--config", join("test", "nightly", "vitest.config.ts"), "--testTimeout=0", check],
      { PROPERTY_RUNS: String(settings.runs), PROPERTY_SEED: String(settings.seed) },
    );
    if (tally.failed > 0) {
      throw new Error(
        `${tally.failed} of ${tally.passed + tally.failed} tests failed; see the output above.`,
      );
    }
    return {
      runs: settings.runs,
      failures: 0,
      note: `${tally.passed} tests, each property on as many cases`,
    };
  });
  return [row];
}
