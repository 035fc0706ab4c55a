import * as tf from "@tensorflow/tfjs-core";
import { graphOf } from "../architecture/layers/layersOf.js";
import { sizeOf, tensorsOf } from "../architecture/layers/tensors.js";
import type { Model } from "../architecture/model/model.js";
import { type Plan, planOf } from "./executionPlan.js";
import { foldBatchNorm } from "./foldBatchNorm.js";
import { infer } from "./forward.js";
import type { Values } from "./initialise.js";
import type { TensorsByName } from "./tensorsByName.js";

/** A network ready for inference, batch norm folded, on the engine that was active when it was made. */
export class Network {
  private constructor(
    readonly model: Model,
    readonly outputs: Plan["graph"]["outputs"],
    private readonly plan: Plan,
    private readonly tensors: TensorsByName,
  ) {}

  /**
   * @param values The model's weights, as `tensorsOf(layersOf(model))` lists them.
   * @throws Error naming the tensor that is missing or of another size.
   */
  static of(model: Model, values: Values): Network {
    const graph = graphOf(model);
    checkValues(graph.layers, values);
    const folded = foldBatchNorm(graph, values);
    const tensors = new Map(
      tensorsOf(folded.graph.layers).map(({ name, shape }) => [
        name,
        tf.keep(tf.tensor(folded.values.get(name)!, [...shape])),
      ]),
    );
    return new Network(model, graph.outputs, planOf(folded.graph), tensors);
  }

  /**
   * @param images `[batch, height, width, 3]`, normalised.
   * @returns One tensor per output, in the order of `outputs`; the caller disposes of them.
   */
  predict(images: tf.Tensor4D): tf.Tensor[] {
    return infer(this.plan, this.tensors, images);
  }

  dispose(): void {
    for (const tensor of this.tensors.values()) tensor.dispose();
  }
}

function checkValues(layers: Plan["graph"]["layers"], values: Values): void {
  for (const { name, shape } of tensorsOf(layers)) {
    const value = values.get(name);
    if (!value) throw new Error(`The weights lack the tensor "${name}", so they belong to another model.`);
    if (value.length !== sizeOf(shape)) {
      throw new Error(
        `The tensor "${name}" holds ${value.length} numbers where the model needs ${shape.join("×")}; the weights belong to another model.`,
      );
    }
  }
}
