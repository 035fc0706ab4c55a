import fc from "fast-check";
import { expect, test } from "vitest";
import { mutatedCheckpoint, readWhole } from "./mutatedCheckpoint.js";

test("a checkpoint damaged in any way is read or refused with a typed error", async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(mutatedCheckpoint, async (checkpoint) => {
      if (!(await readWhole(checkpoint))) refused++;
    }),
    { numRuns: 1000 },
  );
  expect(refused).toBeGreaterThan(500);
});
