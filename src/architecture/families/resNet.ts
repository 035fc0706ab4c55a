import type { StemBlock } from "../model/model.js";
import type { Published } from "./published.js";

function resNet(
  depth: 50 | 101 | 152,
  blocksByLevel: readonly [number, number, number, number],
  size: number,
): Published {
  const levels = [2, 3, 4, 5] as const;
  const stem = levels.flatMap((level, stage) =>
    Array.from({ length: blocksByLevel[stage]! }, (): StemBlock => ({ level, kind: "bottleneck" })),
  );
  return {
    name: `ResNet-${depth}-FPN`,
    size,
    backbone: {
      family: "resnet",
      variant: String(depth),
      stemWidth: 64,
      stem,
      blocks: [],
      widths: { 2: 64, 3: 128, 4: 256, 5: 512 },
      widthMultiplier: 1,
      alpha: 1,
      repeats: 1,
      endpointWidth: 256,
      dropConnect: 0,
    },
    decoder: { kind: "fpn", width: 256 },
    head: { convolutions: 4, width: 256, separable: false },
    anchorSize: 4,
  };
}

/** The scale-decreasing baselines, at the sizes of the paper's table 2. */
export const resNetModels = {
  "resnet-50-fpn": resNet(50, [3, 4, 6, 3], 640),
  "resnet-101-fpn": resNet(101, [3, 4, 23, 3], 1024),
  "resnet-152-fpn": resNet(152, [3, 8, 36, 3], 1280),
} as const satisfies Record<string, Published>;
