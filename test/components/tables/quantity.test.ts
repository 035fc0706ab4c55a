import { expect, it } from "vitest";
import { quantity } from "../../../src/components/tables/quantity.js";

it("quantity gives three digits and a unit, and small counts as they are", () => {
  expect(
    [28_543_383, 85_281_555_200, 1_881_659_539_200, 590_080, 999_900_000, 1_234_567, 0].map(quantity),
  ).toEqual(["28.5\u00a0M", "85.3\u00a0B", "1,882\u00a0B", "590,080", "1.00\u00a0B", "1.23\u00a0M", "0"]);
});
