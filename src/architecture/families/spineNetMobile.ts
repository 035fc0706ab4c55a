import type { Level } from "../model/level.js";
import type { PermutedBlock } from "../model/model.js";
import type { Published } from "./published.js";

function block(level: Level, parents: [number, number], output = false): PermutedBlock {
  return { level, kind: "mbconv", parents, output };
}

/** SpineNet-49's graph of MBConv blocks, behind one more block at level 1 (paper, appendix A). */
const blocks: readonly PermutedBlock[] = [
  block(2, [0, 1]),
  block(2, [1, 2]),
  block(4, [1, 2]),
  block(3, [3, 4]),
  block(4, [3, 5]),
  block(6, [4, 6]),
  block(4, [4, 6]),
  block(5, [7, 8]),
  block(7, [7, 9]),
  block(5, [9, 10]),
  block(5, [9, 11]),
  block(4, [6, 11], true),
  block(3, [5, 11], true),
  block(5, [8, 13], true),
  block(7, [6, 15], true),
  block(6, [13, 15], true),
];

function mobile(variant: string, widthMultiplier: number, endpointWidth: number, size: number): Published {
  return {
    name: `SpineNet-Mobile-${variant}`,
    size,
    backbone: {
      family: "mobile",
      variant,
      stemWidth: 8,
      stem: [
        { level: 1, kind: "mbconv" },
        { level: 2, kind: "mbconv" },
      ],
      blocks: [...blocks],
      widths: { 1: 16, 2: 24, 3: 40, 4: 80, 5: 112, 6: 112, 7: 112 },
      widthMultiplier,
      alpha: 1,
      repeats: 1,
      endpointWidth,
      dropConnect: 0,
    },
    decoder: { kind: "none" },
    head: { convolutions: 4, width: endpointWidth, separable: true },
    anchorSize: 3,
  };
}

/** SpineNet-Mobile (paper, appendix A and table 9). */
export const mobileModels = {
  "spinenet-mobile-49": mobile("49", 1, 48, 384),
  "spinenet-mobile-49s": mobile("49S", 0.65, 40, 384),
  "spinenet-mobile-49xs": mobile("49XS", 0.6, 24, 256),
} as const satisfies Record<string, Published>;
