import type { Model } from "../model/model.js";
import type {
  ActivationKind,
  AttributesByOp,
  ConvolutionAttributes,
  Initializer,
  Layer,
  LayerOp,
  MapShape,
  Padding,
  Part,
  Shape,
} from "./layer.js";

/** A map as the builders see it: the name of the layer that makes it, and its size. */
export interface FeatureMap {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Side of a square window, and the cells from one of its places to the next; 1 where not given. */
export interface Window {
  readonly kernelSize: number;
  readonly stride?: number;
}

interface ConvolutionOptions extends Window {
  /** The model's, if not given. */
  readonly padding?: "same";
  readonly bias?: boolean;
  readonly kernelInitializer?: Initializer;
  readonly biasInitializer?: Initializer;
}

const varianceScaling: Initializer = { kind: "variance-scaling" };

/** Which part of a network a list adds to. */
interface Section {
  readonly part: Part;
  /** Layers are named `<prefix>/<label>`. */
  readonly prefix?: string;
  /** Names end in `/level<level>`, but convolutions have the tensors of `<prefix>/<label>`: levels share them. */
  readonly level?: number;
}

/** Collects layers in the order they are computed, and knows the shape each operation gives. */
export class LayerBuilder {
  constructor(
    readonly model: Model,
    readonly layers: Layer[] = [],
    private readonly section: Section = { part: { kind: "stem" } },
  ) {}

  /** The same list, whose next layers belong to another part of the network. */
  within(prefix: string, part: Part, level?: number): LayerBuilder {
    return new LayerBuilder(this.model, this.layers, { prefix, part, ...(level ? { level } : {}) });
  }

  input(): FeatureMap {
    const [height, width] = this.model.inputSize;
    return this.map("input", "input", [], {}, [height, width, 3]);
  }

  /** Convolution and batch norm. */
  convNorm(label: string, from: FeatureMap, filters: number, window: Window): FeatureMap {
    return this.batchNorm(`${label}Norm`, this.convolution(label, from, filters, window));
  }

  /** Convolution, batch norm, activation. */
  convNormActivation(label: string, from: FeatureMap, filters: number, window: Window): FeatureMap {
    return this.normActivation(label, this.convolution(label, from, filters, window));
  }

  /** Batch norm and activation after an operation of this label. */
  normActivation(label: string, from: FeatureMap): FeatureMap {
    return this.activation(`${label}Activation`, this.batchNorm(`${label}Norm`, from));
  }

  convolution(label: string, from: FeatureMap, filters: number, options: ConvolutionOptions): FeatureMap {
    const attributes = { ...this.window(options), filters };
    return this.map("conv", label, [from], attributes, strided(from, attributes.stride, filters));
  }

  depthwise(label: string, from: FeatureMap, options: ConvolutionOptions): FeatureMap {
    const attributes = this.window(options);
    return this.map("depthwiseConv", label, [from], attributes, strided(from, attributes.stride));
  }

  batchNorm(label: string, from: FeatureMap): FeatureMap {
    return this.map("batchNorm", label, [from], this.model.batchNorm);
  }

  activation(
    label: string,
    from: FeatureMap,
    kind: ActivationKind = this.model.backbone.activation,
  ): FeatureMap {
    return this.map("activation", label, [from], { kind });
  }

  /** Max pooling always pads as TensorFlow's 'same', in TF1 checkpoints too. */
  maxPool(label: string, from: FeatureMap, size: number, stride: number): FeatureMap {
    return this.map("maxPool", label, [from], { size, stride }, strided(from, stride));
  }

  resizeNearest(label: string, from: FeatureMap, height: number, width: number): FeatureMap {
    return this.map("resizeNearest", label, [from], {}, [height, width, from.channels]);
  }

  add(label: string, terms: readonly FeatureMap[]): FeatureMap {
    return this.map("add", label, terms, {});
  }

  multiply(label: string, from: FeatureMap, gate: FeatureMap): FeatureMap {
    return this.map("multiply", label, [from, gate], {});
  }

  scale(label: string, from: FeatureMap, factor: number): FeatureMap {
    return this.map("scale", label, [from], { factor });
  }

  /** Adds no layer where nothing would ever be dropped. */
  dropConnect(label: string, from: FeatureMap, rate: number): FeatureMap {
    return rate > 0 ? this.map("dropConnect", label, [from], { rate }) : from;
  }

  globalAveragePool(label: string, from: FeatureMap): FeatureMap {
    return this.map("globalAveragePool", label, [from], {}, [1, 1, from.channels]);
  }

  dense(label: string, from: FeatureMap, units: number): FeatureMap {
    const attributes = { units, kernelInitializer: { kind: "normal", deviation: 0.01 } } as const;
    return {
      name: this.push("dense", label, [from], attributes, [units]),
      height: 1,
      width: 1,
      channels: units,
    };
  }

  private window(options: ConvolutionOptions): ConvolutionAttributes {
    const { kernelSize, stride = 1, bias = false } = options;
    return {
      kernelSize,
      stride,
      padding: options.padding ?? this.padding(kernelSize, stride),
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

  /** A layer that makes a map, of its first input's shape unless another is given. */
  private map<Op extends LayerOp>(
    op: Op,
    label: string,
    inputs: readonly FeatureMap[],
    attributes: AttributesByOp[Op],
    shape: MapShape = shapeOf(inputs[0]!),
  ): FeatureMap {
    const [height, width, channels] = shape;
    return { name: this.push(op, label, inputs, attributes, shape), height, width, channels };
  }

  private push<Op extends LayerOp>(
    op: Op,
    label: string,
    inputs: readonly FeatureMap[],
    attributes: AttributesByOp[Op],
    shape: Shape,
  ): string {
    const { prefix, part, level } = this.section;
    const own = prefix === undefined ? label : `${prefix}/${label}`;
    const name = level === undefined ? own : `${own}/level${level}`;
    const shared = level !== undefined && (op === "conv" || op === "depthwiseConv");
    const weights = shared ? { weights: own } : {};
    const layer = {
      name,
      op,
      inputs: inputs.map((map) => map.name),
      attributes,
      shape,
      part,
      label,
      ...weights,
    };
    // The compiler cannot see that a generic Op picks one member of the union; the parameters above already do.
    this.layers.push(layer as Layer);
    return name;
  }
}

function shapeOf({ height, width, channels }: FeatureMap): MapShape {
  return [height, width, channels];
}

function strided(from: FeatureMap, stride: number, channels: number = from.channels): MapShape {
  return [Math.ceil(from.height / stride), Math.ceil(from.width / stride), channels];
}
