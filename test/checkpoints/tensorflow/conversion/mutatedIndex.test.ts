import fc from "fast-check";
import { expect, test } from "vitest";
import { changesOfIndex, planChanged } from "./mutatedIndex.js";

test("an index whose names or shapes were changed is converted or refused with a typed error", () => {
  expect(planChanged([])).toBe("planned");
  fc.assert(
    fc.property(changesOfIndex, (changes) => {
      planChanged(changes);
    }),
    { numRuns: 30 },
  );
});
