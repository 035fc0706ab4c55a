import { modelByName } from "../families/modelByName.js";
import type { Model, PermutedBlock } from "../model/model.js";
import { adjustedLevel, blockKinds, levelOffsets } from "./blockAdjustment.js";
import { parentWindow, twoParents } from "./crossScaleConnections.js";
import { drawsOf } from "./randomDraws.js";
import { shuffled } from "./scalePermutation.js";

/** The filters both official codes keep for level 1, where a block of level 2 can move though SpineNet-49 has none. */
const widthAtLevel1 = 32;

/**
 * A network drawn evenly from the choices that the search for SpineNet-49 had, and scaled as SpineNet-49 is.
 *
 * The blocks to permute are R0-SP53's, which are ResNet-50's (paper, section 3.3). Intermediate blocks and outputs are
 * shuffled apart. An intermediate block moves by −1, 0, 1 or 2 levels and reads two of the five blocks before it; an
 * output stays at its level and reads any two earlier ones; each is a bottleneck or a residual block (sections 3.1 and
 * 5.1). A block that nobody reads is treated as in every network here: added to an output of its size, or left out.
 *
 * @param seed A whole number; its lower 32 bits count.
 * @param number Which of the seed's samples, from 1. Each can be drawn without those before it.
 */
export function sampleArchitecture(seed: number, number: number): Model {
  const draw = drawsOf(seed, number);
  const start = modelByName("spinenet-49");
  const { blocks } = modelByName("r0-sp53").backbone;
  const permuted = [false, true].flatMap((outputs) =>
    shuffled(
      blocks.filter(({ output }) => output === outputs),
      draw,
    ),
  );
  return {
    ...start,
    name: `Sample ${number} of seed ${seed}`,
    backbone: {
      ...start.backbone,
      variant: `sample-${seed}-${number}`,
      widths: { 1: widthAtLevel1, ...start.backbone.widths },
      blocks: permuted.map(({ level, output }, position): PermutedBlock => {
        const before = start.backbone.stem.length + position;
        return {
          level: output ? level : adjustedLevel(level, levelOffsets[draw(levelOffsets.length)]!),
          kind: blockKinds[draw(blockKinds.length)]!,
          parents: twoParents(output ? 0 : Math.max(0, before - parentWindow), before, draw),
          output,
        };
      }),
    },
  };
}
