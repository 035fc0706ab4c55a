import type { Model } from "../model/model.js";
import type {
  ActivationKind,
  AttributesByOp,
  ConvolutionAttributes,
  Initializer,
  Layer,
  LayerOp,
  Padding,
  Shape,
} from "./layer.js";

/** A map as the builders see it: the name of the layer that makes it, and its size. */
export interface FeatureMap {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

interface ConvolutionOptions {
  readonly kernelSize: number;
  readonly stride?: number;
  readonly bias?: boolean;
  readonly kernelInitializer?: Initializer;
  readonly biasInitializer?: Initializer;
  readonly weights?: string;
}

const varianceScaling: Initializer = { kind: "variance-scaling" };

/** Collects layers in the order they are computed, and knows the shape each operation gives. */
export class LayerList {
  readonly layers: Layer[] = [];
  /** The part of the network that layers added now belong to. */
  block = "stem";

  constructor(private readonly model: Model) {}

  input(): FeatureMap {
    const [height, width] = this.model.inputSize;
    return this.map("input", "input", [], {}, height, width, 3);
  }

  convolution(name: string, from: FeatureMap, filters: number, options: ConvolutionOptions): FeatureMap {
    const attributes = { ...this.window(options), filters };
    const [height, width] = strided(from, attributes.stride);
    return this.map("conv", name, [from.name], attributes, height, width, filters, options.weights);
  }

  depthwise(name: string, from: FeatureMap, options: ConvolutionOptions): FeatureMap {
    const attributes = this.window(options);
    const [height, width] = strided(from, attributes.stride);
    return this.map(
      "depthwiseConv",
      name,
      [from.name],
      attributes,
      height,
      width,
      from.channels,
      options.weights,
    );
  }

  batchNorm(name: string, from: FeatureMap): FeatureMap {
    return this.same("batchNorm", name, [from.name], this.model.batchNorm, from);
  }

  activation(
    name: string,
    from: FeatureMap,
    kind: ActivationKind = this.model.backbone.activation,
  ): FeatureMap {
    return this.same("activation", name, [from.name], { kind }, from);
  }

  /** Max pooling always pads as TensorFlow's 'same', in TF1 checkpoints too. */
  maxPool(name: string, from: FeatureMap, size: number, stride: number): FeatureMap {
    const [height, width] = strided(from, stride);
    return this.map("maxPool", name, [from.name], { size, stride }, height, width, from.channels);
  }

  resizeNearest(name: string, from: FeatureMap, height: number, width: number): FeatureMap {
    return this.map("resizeNearest", name, [from.name], {}, height, width, from.channels);
  }

  add(name: string, terms: readonly FeatureMap[]): FeatureMap {
    return this.same("add", name, namesOf(terms), {}, terms[0]!);
  }

  multiply(name: string, from: FeatureMap, gate: FeatureMap): FeatureMap {
    return this.same("multiply", name, [from.name, gate.name], {}, from);
  }

  scale(name: string, from: FeatureMap, factor: number): FeatureMap {
    return this.same("scale", name, [from.name], { factor }, from);
  }

  /** Adds no layer where nothing would ever be dropped. */
  dropConnect(name: string, from: FeatureMap, rate: number): FeatureMap {
    return rate > 0 ? this.same("dropConnect", name, [from.name], { rate }, from) : from;
  }

  globalAveragePool(name: string, from: FeatureMap): FeatureMap {
    return this.map("globalAveragePool", name, [from.name], {}, 1, 1, from.channels);
  }

  dense(name: string, from: FeatureMap, units: number): FeatureMap {
    const attributes = { units, kernelInitializer: { kind: "normal", deviation: 0.01 } } as const;
    this.push("dense", name, [from.name], attributes, [units]);
    return { name, height: 1, width: 1, channels: units };
  }

  private window(options: ConvolutionOptions): ConvolutionAttributes {
    const { kernelSize, stride = 1, bias = false } = options;
    return {
      kernelSize,
      stride,
      padding: this.padding(kernelSize, stride),
      bias,
      kernelInitializer: options.kernelInitializer ?? varianceScaling,
      ...(options.biasInitializer ? { biasInitializer: options.biasInitializer } : {}),
    };
  }

  private padding(kernelSize: number, stride: number): Padding {
    // At stride 1 both conventions put the same zeros on both sides.
    if (this.model.padding === "same" || stride === 1) return "same";
    const before = Math.floor((kernelSize - 1) / 2);
    const after = kernelSize - 1 - before;
    return [
      [before, after],
      [before, after],
    ];
  }

  private same<Op extends LayerOp>(
    op: Op,
    name: string,
    inputs: readonly string[],
    attributes: AttributesByOp[Op],
    like: FeatureMap,
  ): FeatureMap {
    return this.map(op, name, inputs, attributes, like.height, like.width, like.channels);
  }

  private map<Op extends LayerOp>(
    op: Op,
    name: string,
    inputs: readonly string[],
    attributes: AttributesByOp[Op],
    height: number,
    width: number,
    channels: number,
    weights?: string,
  ): FeatureMap {
    this.push(op, name, inputs, attributes, [height, width, channels], weights);
    return { name, height, width, channels };
  }

  private push<Op extends LayerOp>(
    op: Op,
    name: string,
    inputs: readonly string[],
    attributes: AttributesByOp[Op],
    shape: Shape,
    weights?: string,
  ): void {
    const layer = { name, op, inputs, attributes, shape, block: this.block, ...(weights ? { weights } : {}) };
    // The compiler cannot see that a generic Op picks one member of the union; the parameters above already do.
    this.layers.push(layer as Layer);
  }
}

function strided(from: FeatureMap, stride: number): [number, number] {
  return [Math.ceil(from.height / stride), Math.ceil(from.width / stride)];
}

function namesOf(maps: readonly FeatureMap[]): string[] {
  return maps.map(({ name }) => name);
}
