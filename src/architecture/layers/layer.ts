/** Height, width and channels of one image's feature map, or the length of a vector. No batch dimension. */
export type Shape = readonly [height: number, width: number, channels: number] | readonly [length: number];

/** TensorFlow's "same", or zeros put around the input before a "valid" window, `[[top, bottom], [left, right]]`. */
export type Padding = "same" | readonly [readonly [number, number], readonly [number, number]];

export const activationKinds = ["relu", "relu6", "swish", "hard-swish", "sigmoid", "hard-sigmoid"] as const;

export type ActivationKind = (typeof activationKinds)[number];

/** How the weights of a layer are drawn before training. */
export type Initializer =
  | { readonly kind: "variance-scaling" }
  | { readonly kind: "normal"; readonly deviation: number }
  | { readonly kind: "constant"; readonly value: number };

/** Square windows only: every published model of this family has them. */
export interface ConvolutionAttributes {
  readonly kernelSize: number;
  readonly stride: number;
  readonly padding: Padding;
  readonly bias: boolean;
  readonly kernelInitializer: Initializer;
  readonly biasInitializer?: Initializer;
}

/** What each operation needs beside its inputs. One key an operation a network can hold. */
export interface AttributesByOp {
  readonly input: Record<string, never>;
  readonly conv: ConvolutionAttributes & { readonly filters: number };
  readonly depthwiseConv: ConvolutionAttributes;
  readonly batchNorm: { readonly momentum: number; readonly epsilon: number };
  readonly activation: { readonly kind: ActivationKind };
  readonly maxPool: { readonly size: number; readonly stride: number };
  /** Nearest neighbour to `shape`; an integer ratio repeats each value. */
  readonly resizeNearest: Record<string, never>;
  readonly add: Record<string, never>;
  /** Stochastic depth: while training, a sample's whole input is zeroed with probability `rate`. */
  readonly dropConnect: { readonly rate: number };
  /** Channel gate: the first input times the second, of height and width 1. */
  readonly multiply: Record<string, never>;
  readonly scale: { readonly factor: number };
  /** Mean over height and width, kept as `[1, 1, channels]`. */
  readonly globalAveragePool: Record<string, never>;
  readonly dense: { readonly units: number; readonly kernelInitializer: Initializer };
}

export type LayerOp = keyof AttributesByOp;

interface LayerOf<Op extends LayerOp> {
  /** Unique; its tensors are named `<name>/kernel` and so on unless `weights` says otherwise. */
  readonly name: string;
  readonly op: Op;
  /** Names of earlier layers. */
  readonly inputs: readonly string[];
  readonly attributes: AttributesByOp[Op];
  readonly shape: Shape;
  /** The part of the network it belongs to: a block's id, "stem", "endpoint/3", "fpn" or "head". */
  readonly block: string;
  /** Prefix of its tensors' names where that is not its own name: a head's convolution shared by all levels. */
  readonly weights?: string;
}

/** One step of a network; a union over `op`, so that a switch narrows `attributes`. */
export type Layer = { [Op in LayerOp]: LayerOf<Op> }[LayerOp];
