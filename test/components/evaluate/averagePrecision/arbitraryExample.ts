import fc from "fast-check";
import { fitted } from "../../../../src/components/evaluate/averagePrecision/boxEdits.js";
import {
  type Example,
  exampleCategories,
  exampleImages,
  objectMarks,
} from "../../../../src/components/evaluate/averagePrecision/example.js";
import { areaNames, limits } from "../../../../src/components/evaluate/averagePrecision/settings.js";

/** Few places and sizes, so that boxes overlap, tie and coincide; sizes of all of COCO's ranges. */
const bbox = fc
  .tuple(
    fc.constantFrom(0, 3, 6, 20, 100),
    fc.constantFrom(0, 2, 7, 25, 90),
    fc.constantFrom(10, 18, 30, 40, 100, 150),
    fc.constantFrom(10, 19, 32, 45, 100, 140),
  )
  .map(fitted);

const place = {
  image: fc.nat(exampleImages.length - 1),
  category: fc.nat(exampleCategories.length - 1),
  bbox,
};

/** Examples of up to 10 objects and 14 detections whose scores often tie. */
export const arbitraryExample: fc.Arbitrary<Example> = fc.record({
  objects: fc.array(
    fc.record({
      ...place,
      mark: fc.oneof(
        { weight: 3, arbitrary: fc.constant("counted" as const) },
        fc.constantFrom(...objectMarks),
      ),
    }),
    { maxLength: 10 },
  ),
  detections: fc.array(fc.record({ ...place, score: fc.constantFrom(0, 0.01, 0.29, 0.5, 0.57, 0.9, 1) }), {
    maxLength: 14,
  }),
});

export const arbitraryView = fc.record({
  category: fc.nat(exampleCategories.length - 1),
  threshold: fc.nat(9),
  area: fc.constantFrom(...areaNames),
  maxDets: fc.constantFrom(...limits),
  step: fc.option(fc.nat(14)),
});
