import type { NativeBinding, OperationAttribute } from "../nativeBackend.js";
import { multiplyAddsOf } from "./multiplyAdds.js";
import type { GraphHandle, OutputType, ProgramAddon } from "./programAddon.js";
import { ProgramWork } from "./programWork.js";

/** A value in a graph: an output of an operation. */
export interface Place {
  readonly operation: number;
  readonly output: number;
}

/** A value whose type and shape are known before anything runs. */
export interface GraphValue {
  readonly place: Place;
  readonly dtype: number;
  readonly shape: readonly number[];
}

/**
 * Operations with a result whose shape is the library's own business, and that goes into its gradient as it is. To
 * tfjs it is an empty tensor.
 */
const opaque: ReadonlySet<string> = new Set(["FusedBatchNormV3"]);

/** Builds a graph operation by operation, as tfjs-node asks for them. */
export class GraphBuilder {
  readonly handle: GraphHandle;
  readonly work = new ProgramWork();
  /** How many operations there are; constants and feeds count. */
  operations = 0;

  constructor(
    private readonly addon: ProgramAddon,
    private readonly binding: NativeBinding,
  ) {
    this.handle = addon.createGraph();
  }

  /** A value that each run is given. */
  placeholder(dtype: number, shape: readonly number[]): GraphValue {
    const { TF_ATTR_TYPE, TF_ATTR_SHAPE } = this.binding;
    return this.operation(
      "Placeholder",
      [
        { name: "dtype", type: TF_ATTR_TYPE, value: dtype },
        { name: "shape", type: TF_ATTR_SHAPE, value: shape },
      ],
      [],
    )[0]!;
  }

  constant(dtype: number, shape: readonly number[], values: ArrayBufferView): GraphValue {
    const tensor = this.addon.createTensor(dtype, shape, values);
    const outputs = this.addon.addConstant(this.handle, tensor);
    this.addon.deleteTensor(tensor);
    return this.valuesOf("Const", outputs)[0]!;
  }

  /**
   * @param attributes With `N`, the first N inputs are one list: so it is in AddN, ConcatV2, Einsum and Pack, the
   * operations with a list that tfjs-node asks for.
   * @throws Error in TensorFlow's words, or if a result's shape depends on values.
   */
  operation(
    name: string,
    attributes: readonly OperationAttribute[],
    inputs: readonly GraphValue[],
  ): readonly GraphValue[] {
    const count = attributes.find((attribute) => attribute.name === "N")?.value;
    const list = typeof count === "number" ? count : 0;
    const places = inputs.flatMap(({ place }) => [place.operation, place.output]);
    return this.valuesOf(name, this.addon.addOperation(this.handle, name, places, list, attributes), inputs);
  }

  private valuesOf(
    name: string,
    outputs: readonly OutputType[],
    inputs: readonly GraphValue[] = [],
  ): GraphValue[] {
    const operation = this.operations++;
    const values = outputs.map(({ dtype, shape }, output) => {
      if (shape === null || shape.includes(-1)) {
        if (opaque.has(name)) return { place: { operation, output }, dtype, shape: [0] };
        throw new Error(
          `The shape of what ${name} gives depends on values, so no program can be made of it.`,
        );
      }
      return { place: { operation, output }, dtype, shape };
    });
    const [given, made] = [inputs, values].map((all) => all.map(({ shape }) => shape));
    this.work.add(
      inputs.map(({ place }) => place.operation),
      multiplyAddsOf(name, given!, made!),
    );
    return values;
  }
}
