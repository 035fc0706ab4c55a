import * as v from "valibot";
import { backboneTensorsOf } from "../architecture/layers/backboneTensors.js";
import type { Model } from "../architecture/model/model.js";
import { decodeSafetensors, encodeSafetensors, fitsFloat16, type StoredType } from "./safetensors.js";
import {
  backboneParts,
  checkTensors,
  decodeWeights,
  fieldOf,
  modelOf,
  valuesOf,
  type Weights,
} from "./weights.js";

/** Weights to start training from: all of a network's, or its backbone's alone. */
export interface BackboneWeights {
  /** The whole network that they were trained in. */
  readonly model: Model;
  readonly values: ReadonlyMap<string, Float32Array>;
  /** Id of the run that made them. */
  readonly run: string;
}

/**
 * The backbone of weights as a safetensors file, to start training with another head from. Its metadata has the whole
 * model, what images must look like, and the run that made it.
 *
 * @param type "F16" halves the file, where numbers fit it.
 */
export function encodeBackbone({ model, values, preprocessing, run }: Weights, type: StoredType): Uint8Array {
  const tensors = new Map(
    backboneTensorsOf(model).map(({ name, shape }) => {
      const own = values.get(name)!;
      return [name, { shape, values: own, type: fitsFloat16(own) ? type : "F32" } as const];
    }),
  );
  const metadata = {
    model: JSON.stringify(model),
    preprocessing: JSON.stringify(preprocessing),
    run,
    parts: backboneParts,
  };
  return encodeSafetensors({ tensors, metadata }, type);
}

/**
 * Reads and checks a file of weights or of a backbone.
 *
 * @param source The file's name, for messages.
 * @throws Error as {@link decodeWeights} does
 */
export function decodeBackbone(file: Uint8Array, source: string): BackboneWeights {
  const { tensors, metadata } = decodeSafetensors(file, source);
  if (metadata.parts !== backboneParts) return decodeWeights(file, source);
  const model = modelOf(metadata, source);
  const specs = backboneTensorsOf(model);
  checkTensors(specs, tensors, source);
  return { model, values: valuesOf(specs, tensors), run: fieldOf(metadata, "run", v.string(), source) };
}
