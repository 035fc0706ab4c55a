import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { Layer } from "../../../../src/architecture/layers/layer.js";
import { layersOf } from "../../../../src/architecture/layers/layersOf.js";
import { type TensorSpec, tensorsOf } from "../../../../src/architecture/layers/tensors.js";
import { blocksOf } from "../../../../src/architecture/model/blocks.js";
import type { Model } from "../../../../src/architecture/model/model.js";
import { objectGraphName } from "../../../../src/checkpoints/tensorflow/objectGraph.js";
import { floatTensor, type WrittenTensor } from "../writeCheckpoint.js";

/** A variable as the Model Garden would have saved it. */
export interface SavedVariable {
  readonly key: string;
  readonly fullName: string;
  readonly tensor: WrittenTensor;
  /** Its moving average over training. */
  readonly average?: WrittenTensor;
}

const endings: Readonly<Record<TensorSpec["role"], string>> = {
  kernel: "kernel",
  bias: "bias",
  gamma: "gamma",
  beta: "beta",
  mean: "moving_mean",
  variance: "moving_variance",
};

/**
 * What the Model Garden would save of a SpineNet detector of bottlenecks and residual blocks. Its layers' counters
 * start where another network's ended, and have a gap before the endpoints, where it builds blocks that it then drops.
 */
export function savedVariables(model: Model, values: ReadonlyMap<string, Float32Array>): SavedVariable[] {
  const names = fullNames(model);
  return tensorsOf(layersOf(model)).map((spec, index): SavedVariable => {
    const layer = spec.name.slice(0, spec.name.lastIndexOf("/"));
    const key = `model/layer-${index}/.ATTRIBUTES/VARIABLE_VALUE`;
    return {
      key,
      fullName: `${names.get(layer)!}/${endings[spec.role]}`,
      tensor: floatTensor(key, spec.shape, values.get(spec.name)!),
    };
  });
}

const firstNumber = 9;
const gap = 4;

function fullNames(model: Model): Map<string, string> {
  const kinds = blocksOf(model.backbone).map(({ kind }) => kind);
  const counters = new Map<string, number>();
  const counted = (scope: string, kind: string, first: number): string => {
    const number = counters.get(`${scope}${kind}`) ?? first;
    counters.set(`${scope}${kind}`, number + 1);
    return number === 0 ? `${scope}${kind}` : `${scope}${kind}_${number}`;
  };
  const names = new Map<string, string>();
  for (const { op, part, label, name, weights = name } of layersOf(model)) {
    if ((op !== "conv" && op !== "batchNorm") || names.has(weights)) continue;
    const kind = op === "conv" ? "conv2d" : "batch_normalization";
    if (part.kind === "head") {
      names.set(weights, headName(part, label));
    } else if (part.kind === "block") {
      const before = kinds.slice(0, part.block).filter((other) => other === kinds[part.block]).length;
      const scope = `${kinds[part.block]}_block_${firstNumber + before}/`;
      names.set(weights, counted(scope, kind, 0));
    } else {
      names.set(weights, counted("", kind, firstNumber));
      if (part.kind === "endpoint" && label === "conv" && part.level === 3) {
        counters.set("conv2d", counters.get("conv2d")! + gap);
      }
    }
  }
  return names;
}

function headName(part: Extract<Layer["part"], { kind: "head" }>, label: string): string {
  if (part.branch === "logits") return "dense_1";
  const head = "retina_net_model/retina_net_head/";
  if (part.stage === "prediction") return `${head}${part.branch === "class" ? "scores" : "boxes"}`;
  const norm = label.endsWith("Norm") ? `-norm_${part.level}` : "";
  return `${head}${part.branch}net-conv${norm}_${part.stage}`;
}

/** The tensors of a checkpoint with these variables, its object graph, momentum and step. */
export function savedTensors(variables: readonly SavedVariable[]): WrittenTensor[] {
  const slots = variables.flatMap(({ key, tensor, average }, node) => {
    const named = (slot: string) =>
      `${key.split("/.")[0]}/.OPTIMIZER_SLOT/optimizer/${slot}/.ATTRIBUTES/VARIABLE_VALUE`;
    const all: [string, WrittenTensor | undefined][] = [
      ["momentum", tensor],
      ["average", average],
    ];
    return all.flatMap(([slot, from]) =>
      from ? [{ node, slot, tensor: { ...from, name: named(slot) } }] : [],
    );
  });
  const step = "global_step/.ATTRIBUTES/VARIABLE_VALUE";
  const writer = new BinaryWriter();
  const nodes = [
    ...variables.map(({ key, fullName }) => ({ key, fullName })),
    { key: step, fullName: "global_step" },
    ...slots.map(({ tensor }) => ({ key: tensor.name, fullName: "" })),
  ];
  for (const { key, fullName } of nodes) {
    writer.tag(1, WireType.LengthDelimited).fork();
    writer.tag(2, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string("VARIABLE_VALUE");
    if (fullName) writer.tag(2, WireType.LengthDelimited).string(fullName);
    writer.tag(3, WireType.LengthDelimited).string(key);
    writer.join().join();
  }
  writer.tag(1, WireType.LengthDelimited).fork();
  slots.forEach(({ node, slot }, index) => {
    writer.tag(3, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.Varint).int32(node);
    writer.tag(2, WireType.LengthDelimited).string(slot);
    writer.tag(3, WireType.Varint).int32(variables.length + 1 + index);
    writer.join();
  });
  writer.join();
  return [
    ...variables.map(({ tensor }) => tensor),
    ...slots.map(({ tensor }) => tensor),
    { name: step, type: 9, shape: [], bytes: Uint8Array.of(0x40, 0xe2, 1, 0, 0, 0, 0, 0) },
    { name: objectGraphName, type: 7, shape: [], strings: [writer.finish()] },
  ];
}
