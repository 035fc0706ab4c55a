import type { Level } from "../model/level.js";

/** Of one image's feature map; no batch dimension. */
export type MapShape = readonly [height: number, width: number, channels: number];

/** A feature map's, or the length of a vector. */
export type Shape = MapShape | readonly [length: number];

/** TensorFlow's "same", or zeros added around the input before a "valid" window, `[[top, bottom], [left, right]]`. */
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

/** What each operation needs besides its inputs: one key per operation that a network can have. */
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

/** The part of a network that a layer belongs to, as its builder says. Blocks are numbered in order of computation. */
export type Part =
  | { readonly kind: "stem" }
  /** `repeat` is absent where a block is not repeated, and of what comes before the first repeat. */
  | { readonly kind: "block"; readonly block: number; readonly repeat?: number }
  /** A cross-scale connection; `place` is the parent's among the child's parents. */
  | { readonly kind: "connection"; readonly child: number; readonly parent: number; readonly place: number }
  | { readonly kind: "endpoint"; readonly level: Level }
  /** A map of the feature pyramid. */
  | { readonly kind: "pyramid"; readonly level: Level }
  /** RetinaNet's head, whose branches run on each level. */
  | {
      readonly kind: "head";
      readonly branch: "class" | "box";
      readonly stage: number | "prediction";
      readonly level: Level;
    }
  | { readonly kind: "head"; readonly branch: "logits" };

interface LayerOf<Op extends LayerOp> {
  /** Unique; its tensors are named `<name>/kernel` and so on unless `weights` says otherwise. */
  readonly name: string;
  readonly op: Op;
  /** Names of earlier layers. */
  readonly inputs: readonly string[];
  readonly attributes: AttributesByOp[Op];
  readonly shape: Shape;
  readonly part: Part;
  /** What it is called within its part: the last piece of its name, without a level. */
  readonly label: string;
  /** Prefix of its tensors' names where that is not its own name: a head's convolution shared by all levels. */
  readonly weights?: string;
}

/** One operation of a network; a union over `op`, so that a switch narrows `attributes`. */
export type Layer = { [Op in LayerOp]: LayerOf<Op> }[LayerOp];

/** What a network gives back: the layer that holds it, and what it means. */
export interface Output {
  readonly layer: string;
  readonly kind: "class" | "box" | "logits";
  /** Of a detection output. */
  readonly level?: number;
}
