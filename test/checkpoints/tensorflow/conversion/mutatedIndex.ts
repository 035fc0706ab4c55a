import { readFileSync } from "node:fs";
import fc from "fast-check";
import {
  type CheckpointTensor,
  readBundleIndex,
} from "../../../../src/checkpoints/tensorflow/bundleIndex.js";
import { CheckpointError } from "../../../../src/checkpoints/tensorflow/checkpointError.js";
import { conversionPlan } from "../../../../src/checkpoints/tensorflow/conversion/conversionPlan.js";

type Tensors = ReadonlyMap<string, CheckpointTensor>;

/** A change of what an index says. */
interface Change {
  readonly how: "leave out" | "rename" | "reshape" | "add";
  /** Which of the tensors, from 0 to 1. */
  readonly at: number;
  readonly shape: readonly number[];
  readonly ending: string;
}

const side = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(2 ** 20, 2 ** 31, 2 ** 53 - 1));

export const changesOfIndex: fc.Arbitrary<Change[]> = fc.array(
  fc.record({
    how: fc.constantFrom("leave out", "rename", "reshape", "add"),
    at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    shape: fc.array(side, { maxLength: 5 }),
    ending: fc.constantFrom(
      "",
      "_1",
      "_99999999999999999999",
      "/kernel",
      "/ExponentialMovingAverage",
      "/gamma",
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

let published: Tensors | undefined;

/** Plans the conversion of the published SpineNet-49S with changes of its names and shapes. */
export function planChanged(changes: readonly Change[]): "planned" | "refused" {
  published ??= readBundleIndex(
    readFileSync("test/reference/tensorflow/spinenet-49s.index"),
    "model.ckpt.index",
  ).tensors;
  try {
    conversionPlan(changes.reduce(changed, published), null, {}, "model.ckpt.index");
    return "planned";
  } catch (error) {
    if (error instanceof CheckpointError) return "refused";
    throw error;
  }
}

function changed(tensors: Tensors, { how, at, shape, ending }: Change): Tensors {
  const named = [...tensors.values()];
  const chosen = named[Math.floor(at * named.length)]!;
  const next = new Map(tensors);
  if (how === "leave out" || how === "rename") next.delete(chosen.name);
  const name = how === "reshape" ? chosen.name : `${chosen.name}${ending}`;
  if (how !== "leave out") next.set(name, { ...chosen, name, ...(how === "reshape" ? { shape } : {}) });
  return next;
}
