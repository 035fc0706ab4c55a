import type { Model } from "../model/model.js";
import { graphOf } from "./layersOf.js";
import { type TensorSpec, tensorsOf } from "./tensors.js";

/** The tensors of a model without those of its head: the backbone's, and a feature pyramid's. */
export function backboneTensorsOf(model: Model): TensorSpec[] {
  return tensorsOf(graphOf(model).layers.filter(({ part }) => part.kind !== "head"));
}
