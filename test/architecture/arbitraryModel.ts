import * as fc from "fast-check";
import { modelByName } from "../../src/architecture/families/modelByName.js";
import type { Level } from "../../src/architecture/model/level.js";
import type { Model, PermutedBlock } from "../../src/architecture/model/model.js";

const levels = [2, 3, 4, 5, 6, 7] as const satisfies readonly Level[];

/** Any valid scale-permuted network behind SpineNet-49's stem, narrow and at 128 or 256 px. */
export const arbitraryModel: fc.Arbitrary<Model> = fc
  .record({
    drawn: fc.array(
      fc.record({
        level: fc.constantFrom(...levels),
        residual: fc.boolean(),
        first: fc.nat(),
        second: fc.nat(),
        alone: fc.boolean(),
      }),
      { minLength: 1, maxLength: 12 },
    ),
    outputs: fc.shuffledSubarray([...levels], { minLength: 1 }),
    size: fc.constantFrom([128, 128] as const, [256, 128] as const, [256, 256] as const),
    alpha: fc.constantFrom(0.5, 1, 1.3),
    repeats: fc.integer({ min: 1, max: 2 }),
    head: fc.constantFrom("retinanet" as const, "classifier" as const),
    padding: fc.constantFrom("same" as const, "symmetric" as const),
  })
  .map(({ drawn, outputs, size, head, padding, alpha, repeats }) => {
    const parents = (index: number, first: number, second: number, alone: boolean): number[] => {
      const one = first % index;
      const other = (one + 1 + (second % (index - 1))) % index;
      return alone ? [one] : [one, other];
    };
    const inner = drawn.map(({ level, residual, first, second, alone }, position): PermutedBlock => {
      const kind = residual ? "residual" : "bottleneck";
      return { level, kind, parents: parents(position + 2, first, second, alone), output: false };
    });
    const last = outputs.map((level, position): PermutedBlock => {
      const index = inner.length + position + 2;
      return {
        level,
        kind: "bottleneck",
        parents: parents(index, index * 7, index * 5, false),
        output: true,
      };
    });
    const model = modelByName("spinenet-49", { size, width: 0.1, head, padding, alpha, repeats, classes: 3 });
    return { ...model, backbone: { ...model.backbone, blocks: [...inner, ...last] } };
  });
