import sharp from "sharp";
import { expect, test } from "vitest";
import { loadHarbour } from "../../../loaders/pages/why.js";
import {
  exampleImages,
  imageSize,
  photographSize,
} from "../../../src/components/evaluate/averagePrecision/example.js";

test("the harbour is as large as the scene's images expect, and light enough to come with the page", async () => {
  const file = await loadHarbour();
  expect(await sharp(file).metadata()).toMatchObject({ format: "webp", ...photographSize });
  expect(file.length).toBeLessThan(80_000);
});

test("each image of the scene lies within it", () => {
  for (const { left, top } of exampleImages) {
    expect(left + imageSize.width).toBeLessThanOrEqual(photographSize.width);
    expect(top + imageSize.height).toBeLessThanOrEqual(photographSize.height);
  }
});
