import type { Level } from "../model/level.js";
import type { BlockKind, PermutedBlock, StemBlock } from "../model/model.js";
import type { Published } from "./published.js";

const bottleneck = (level: Level): StemBlock => ({ level, kind: "bottleneck" });

function block(level: Level, kind: BlockKind, parents: [number, number], output = false): PermutedBlock {
  return { level, kind, parents, output };
}

const twoStemBlocks = [bottleneck(2), bottleneck(2)];

/** SpineNet-49's learned order and connections (paper, figure 4d; both official codes). All larger ones share it. */
const spineNetBlocks: readonly PermutedBlock[] = [
  block(2, "bottleneck", [0, 1]),
  block(4, "residual", [0, 1]),
  block(3, "bottleneck", [2, 3]),
  block(4, "bottleneck", [2, 4]),
  block(6, "residual", [3, 5]),
  block(4, "bottleneck", [3, 5]),
  block(5, "residual", [6, 7]),
  block(7, "residual", [6, 8]),
  block(5, "bottleneck", [8, 9]),
  block(5, "bottleneck", [8, 10]),
  block(4, "bottleneck", [5, 10], true),
  block(3, "bottleneck", [4, 10], true),
  block(5, "bottleneck", [7, 12], true),
  block(7, "bottleneck", [5, 14], true),
  block(6, "bottleneck", [12, 14], true),
];

/** R0-SP53: ResNet-50's blocks, permuted, none adjusted (figure 4c). */
const r0sp53Blocks: readonly PermutedBlock[] = [
  block(2, "bottleneck", [0, 1]),
  block(3, "bottleneck", [0, 1]),
  block(3, "bottleneck", [2, 3]),
  block(4, "bottleneck", [2, 4]),
  block(4, "bottleneck", [3, 5]),
  block(3, "bottleneck", [5, 6]),
  block(5, "bottleneck", [4, 7]),
  block(4, "bottleneck", [4, 8]),
  block(4, "bottleneck", [8, 9]),
  block(4, "bottleneck", [8, 10]),
  block(3, "bottleneck", [4, 10], true),
  block(4, "bottleneck", [6, 7], true),
  block(5, "bottleneck", [8, 13], true),
  block(7, "bottleneck", [6, 9], true),
  block(6, "bottleneck", [7, 9], true),
];

const r23sp30Stem = ([2, 2, 3, 3, 4, 4, 5] as const).map(bottleneck);

/** R23-SP30: a scale-decreasing stem of seven blocks, then ten permuted ones (figure 4b). */
const r23sp30Blocks: readonly PermutedBlock[] = [
  block(4, "bottleneck", [5, 6]),
  block(4, "bottleneck", [5, 6]),
  block(4, "bottleneck", [7, 8]),
  block(3, "bottleneck", [8, 9]),
  block(2, "bottleneck", [9, 10]),
  block(4, "bottleneck", [5, 9], true),
  block(3, "bottleneck", [9, 10], true),
  block(5, "bottleneck", [9, 10], true),
  block(7, "bottleneck", [11, 13], true),
  block(6, "bottleneck", [9, 14], true),
];

/** Filters by level; 256 from level 4 up (paper, section 3.3). */
const widths = { 2: 64, 3: 128, 4: 256, 5: 256, 6: 256, 7: 256 };

interface Scaling {
  readonly name: string;
  readonly size: number;
  readonly stem?: readonly StemBlock[];
  readonly blocks?: readonly PermutedBlock[];
  readonly widthMultiplier?: number;
  readonly alpha?: number;
  readonly repeats?: number;
  readonly endpoints?: number;
  readonly head?: { readonly convolutions: number; readonly width: number };
  readonly anchorSize?: number;
}

function permuted(variant: string, scaling: Scaling): Published {
  const { endpoints = 256, head = { convolutions: 4, width: 256 } } = scaling;
  return {
    name: scaling.name,
    size: scaling.size,
    backbone: {
      family: "scale-permuted",
      variant,
      stemWidth: 64,
      stem: [...(scaling.stem ?? twoStemBlocks)],
      blocks: [...(scaling.blocks ?? spineNetBlocks)],
      widths,
      widthMultiplier: scaling.widthMultiplier ?? 1,
      alpha: scaling.alpha ?? 0.5,
      repeats: scaling.repeats ?? 1,
      endpointWidth: endpoints,
      dropConnect: 0,
    },
    decoder: { kind: "none" },
    head: { ...head, separable: false },
    anchorSize: scaling.anchorSize ?? 3,
  };
}

/** The scaling rules of the paper's sections 3.4 and 4.1. 49S's endpoints are 128 in code and paper, 256 in its
 * released checkpoint and in table 2. */
export const scalePermutedModels = {
  "spinenet-49s": permuted("49S", {
    name: "SpineNet-49S",
    size: 640,
    widthMultiplier: 0.65,
    endpoints: 128,
    head: { convolutions: 4, width: 128 },
  }),
  "spinenet-49": permuted("49", { name: "SpineNet-49", size: 640 }),
  "spinenet-96": permuted("96", { name: "SpineNet-96", size: 1024, repeats: 2 }),
  "spinenet-143": permuted("143", { name: "SpineNet-143", size: 1280, repeats: 3, alpha: 1, anchorSize: 4 }),
  "spinenet-190": permuted("190", {
    name: "SpineNet-190",
    size: 1280,
    widthMultiplier: 1.3,
    alpha: 1,
    repeats: 4,
    endpoints: 512,
    head: { convolutions: 7, width: 512 },
    anchorSize: 4,
  }),
  "r0-sp53": permuted("R0-SP53", { name: "R0-SP53", size: 640, blocks: r0sp53Blocks }),
  "r23-sp30": permuted("R23-SP30", { name: "R23-SP30", size: 640, stem: r23sp30Stem, blocks: r23sp30Blocks }),
} as const satisfies Record<string, Published>;
