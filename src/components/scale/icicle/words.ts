import type { CostMeasure } from "../../../architecture/costs/costShares.js";
import type { CostNode } from "../../../architecture/costs/costTree.js";
import type { Layer } from "../../../architecture/layers/layer.js";
import { operationWords } from "../../diagram/operationWords.js";
import { quantity } from "../../tables/quantity.js";

export const measureNames: Readonly<Record<CostMeasure, string>> = {
  multiplyAdds: "multiply-adds",
  parameters: "parameters",
};

/** A part of a whole: 23%, 4.1%, under 0.1%. */
export function percentage(part: number, whole: number): string {
  const percent = whole === 0 ? 0 : (100 * part) / whole;
  if (percent === 0) return "0%";
  if (percent < 0.05) return "<0.1%";
  return `${percent < 9.95 ? percent.toFixed(1) : percent.toFixed(0)}%`;
}

/** A node's name, with its level where the name does not say it. */
export function nodeTitle({ name, level }: CostNode): string {
  return level === undefined || /level \d|^Endpoint/i.test(name) ? name : `${name} · L${level}`;
}

/** All that can be said of a node in one sentence. */
export function nodeSentence(node: CostNode, root: CostNode): string {
  const { name, level, layer } = node;
  const about = [
    ...(level === undefined || /level \d/i.test(name) ? [] : [`level ${level}`]),
    ...(layer ? [operation(layer), shapeWords(layer)] : []),
  ];
  return (
    `${[name, ...about].join(", ")}: ` +
    `${quantity(node.multiplyAdds)} multiply-adds (${percentage(node.multiplyAdds, root.multiplyAdds)}), ` +
    `${quantity(node.parameters.trainable)} parameters (${percentage(node.parameters.trainable, root.parameters.trainable)})`
  );
}

/** What a layer does: "3×3 convolution, stride 2". */
export function operation(layer: Layer): string {
  switch (layer.op) {
    case "conv":
    case "depthwiseConv": {
      const { kernelSize, stride } = layer.attributes;
      return operationWords({ op: layer.op, window: kernelSize, stride });
    }
    case "maxPool":
      return operationWords({ op: layer.op, window: layer.attributes.size, stride: layer.attributes.stride });
    case "resizeNearest":
      return operationWords({ op: layer.op });
    default:
      return plainOperations[layer.op];
  }
}

/** Height, width and channels of what leaves a layer. */
export function shapeWords({ shape }: Layer): string {
  return shape.join("×");
}

const plainOperations = {
  input: "image",
  batchNorm: "batch norm",
  activation: "activation",
  add: "sum",
  dropConnect: "stochastic depth",
  multiply: "channel gate",
  scale: "scaling",
  globalAveragePool: "global average pool",
  dense: "linear layer",
} as const;
