import { modelByName } from "../../src/architecture/families/modelByName.js";
import type { Model, StemBlock } from "../../src/architecture/model/model.js";

export const benchmarkNetworkNames = ["retinanet", "spinenet"] as const;

export type BenchmarkNetworkName = (typeof benchmarkNetworkNames)[number];

/** What each network is, in a line. */
export const benchmarkNetworkTitles: Readonly<Record<BenchmarkNetworkName, string>> = {
  retinanet: "a small RetinaNet: residual blocks of 32 to 256 channels, a pyramid and head of 84, swish",
  spinenet: "SpineNet-49 at a quarter of its width, endpoints and head of 48 channels, relu",
};

const twoAt = (level: StemBlock["level"]): StemBlock[] => [
  { level, kind: "residual" },
  { level, kind: "residual" },
];

/** A network to time, small enough for a CPU. `size` is the height and width of its input, a multiple of 128. */
export function benchmarkNetwork(name: BenchmarkNetworkName, size: number): Model {
  return name === "retinanet" ? smallRetinaNet(size) : narrowSpineNet(size);
}

function smallRetinaNet(size: number): Model {
  const reference = modelByName("resnet-50-fpn");
  return {
    ...reference,
    name: "small RetinaNet",
    inputSize: [size, size],
    classes: 10,
    backbone: {
      ...reference.backbone,
      variant: "small",
      stemWidth: 32,
      stem: [...twoAt(2), ...twoAt(3), ...twoAt(4), ...twoAt(5)],
      widths: { 2: 32, 3: 64, 4: 128, 5: 256 },
      endpointWidth: 84,
      activation: "swish",
    },
    decoder: { kind: "fpn", width: 84 },
    head: { ...headOf(reference), convolutions: 2, width: 84 },
  };
}

function narrowSpineNet(size: number): Model {
  const reference = modelByName("spinenet-49");
  return {
    ...reference,
    name: "narrow SpineNet-49",
    inputSize: [size, size],
    classes: 10,
    backbone: {
      ...reference.backbone,
      stemWidth: 16,
      widthMultiplier: 0.25,
      alpha: 0.5,
      endpointWidth: 48,
      activation: "relu",
    },
    head: { ...headOf(reference), convolutions: 2, width: 48 },
  };
}

function headOf({ head }: Model): Extract<Model["head"], { kind: "retinanet" }> {
  if (head.kind !== "retinanet") throw new Error("Only a detector is timed.");
  return head;
}
