import type { Precision } from "../../steps/precision.js";
import type { NativeBinding, OperationAttribute } from "../nativeBackend.js";
import { type BFloat16Form, bfloat16Form } from "./mixedPrecision.js";
import { multiplyAddsOf } from "./multiplyAdds.js";
import type { GraphHandle, OutputType, ProgramAddon } from "./programAddon.js";
import { ProgramWork } from "./programWork.js";

/** A value in a graph: an output of an operation. */
export interface Place {
  readonly operation: number;
  readonly output: number;
}

/**
 * A value whose type and shape are known before anything runs. To tfjs all that is bfloat16 is float32; `place` may hold
 * either.
 */
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
  /** The operations so far, by the order of their adding; constants and feeds count. */
  private readonly names: string[] = [];
  /** Places that hold bfloat16, by their key. */
  private readonly rounded = new Set<string>();
  /** Of a place, by its key, the same values in the other type. */
  private readonly casts = new Map<string, Place>();

  /** @param precision of convolutions and of what `bfloat16Form` names */
  constructor(
    private readonly addon: ProgramAddon,
    private readonly binding: NativeBinding,
    private readonly precision: Precision,
  ) {
    this.handle = addon.createGraph();
  }

  /** How many operations there are. */
  get operations(): number {
    return this.names.length;
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
    const form = this.precision === "bfloat16" ? this.bfloat16FormOf(name, inputs) : undefined;
    if (!form) {
      const places = inputs.map((value) => this.floatPlace(value));
      return this.added(name, places, attributes, inputs);
    }
    const { TF_FLOAT } = this.binding;
    const places = inputs.map((value, index) =>
      value.dtype === TF_FLOAT && form.isOfType(index) ? this.roundedPlace(value) : this.floatPlace(value),
    );
    return this.added(
      form.name,
      places,
      withType(this.binding, form.name, attributes, inputs.length),
      inputs,
    );
  }

  /** Where a value's numbers are as tfjs knows them: a bfloat16 value's in float32. */
  floatPlace({ place, shape }: GraphValue): Place {
    return this.rounded.has(keyOf(place)) ? this.cast(place, shape, this.binding.TF_FLOAT) : place;
  }

  private roundedPlace({ place, shape }: GraphValue): Place {
    return this.rounded.has(keyOf(place)) ? place : this.cast(place, shape, bfloat16Type);
  }

  private cast(place: Place, shape: readonly number[], to: number): Place {
    const key = keyOf(place);
    const known = this.casts.get(key);
    if (known) return known;
    const { TF_ATTR_TYPE, TF_FLOAT } = this.binding;
    const from = to === TF_FLOAT ? bfloat16Type : TF_FLOAT;
    const attributes = [
      { name: "SrcT", type: TF_ATTR_TYPE, value: from },
      { name: "DstT", type: TF_ATTR_TYPE, value: to },
    ];
    const [cast] = this.added("Cast", [place], attributes, [{ place, dtype: from, shape }]);
    this.casts.set(key, cast!.place);
    this.casts.set(keyOf(cast!.place), place);
    return cast!.place;
  }

  private bfloat16FormOf(name: string, inputs: readonly GraphValue[]): BFloat16Form | undefined {
    const typed = inputs.map(({ place, shape }) => ({
      shape,
      rounded: this.rounded.has(keyOf(place)),
      from: this.names[place.operation]!,
    }));
    return bfloat16Form(name, typed);
  }

  private added(
    name: string,
    places: readonly Place[],
    attributes: readonly OperationAttribute[],
    inputs: readonly GraphValue[],
  ): GraphValue[] {
    const count = attributes.find((attribute) => attribute.name === "N")?.value;
    const list = typeof count === "number" ? count : 0;
    const numbers = places.flatMap(({ operation, output }) => [operation, output]);
    const outputs = this.addon.addOperation(this.handle, name, numbers, list, attributes);
    return this.valuesOf(name, outputs, inputs);
  }

  private valuesOf(
    name: string,
    outputs: readonly OutputType[],
    inputs: readonly GraphValue[] = [],
  ): GraphValue[] {
    const operation = this.names.push(name) - 1;
    const values = outputs.map(({ dtype: type, shape }, output) => {
      const dtype = type === bfloat16Type ? this.binding.TF_FLOAT : type;
      if (type === bfloat16Type) this.rounded.add(keyOf({ operation, output }));
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

/** TensorFlow's number of the type; tfjs-node does not know it. */
const bfloat16Type = 14;

const keyOf = ({ operation, output }: Place): string => `${operation}:${output}`;

/** The attributes of an operation in bfloat16. */
function withType(
  { TF_ATTR_TYPE, TF_ATTR_INT }: NativeBinding,
  name: string,
  attributes: readonly OperationAttribute[],
  inputs: number,
): OperationAttribute[] {
  const typed = attributes.map((attribute) =>
    attribute.name === "T" ? { name: "T", type: TF_ATTR_TYPE, value: bfloat16Type } : attribute,
  );
  if (name !== "SpineNetAdd") return typed;
  return [
    { name: "T", type: TF_ATTR_TYPE, value: bfloat16Type },
    { name: "N", type: TF_ATTR_INT, value: inputs },
  ];
}
