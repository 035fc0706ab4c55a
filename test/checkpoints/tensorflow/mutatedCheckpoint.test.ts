import fc from "fast-check";
import { expect, test } from "vitest";
import { mutatedCheckpoint, readWhole, soundCheckpoint } from "./mutatedCheckpoint.js";

test("a checkpoint damaged in any way is read or refused with a typed error", async () => {
  expect(await readWhole(soundCheckpoint)).toBe(true);
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(mutatedCheckpoint, async (checkpoint) => {
      if (!(await readWhole(checkpoint))) refused++;
    }),
    { numRuns: 1000 },
  );
  // A byte set to what it was, one of the block of metadata, an entry that says the truth: some are still sound.
  expect(refused).toBeGreaterThan(500);
  expect(refused).toBeLessThan(1000);
});
