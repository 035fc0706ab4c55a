import { uniformInt } from "pure-rand/distribution/uniformInt";
import { mersenne } from "pure-rand/generator/mersenne";
import { modelByName } from "../families/named.js";
import type { Level } from "../model/level.js";
import type { Model, PermutedBlock } from "../model/model.js";
import { blockKinds, levelOffsets, parentWindow } from "./space.js";

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
  const draw = choicesOf(seed, number);
  const start = modelByName("spinenet-49");
  const blocks = modelByName("r0-sp53").backbone.blocks;
  const intermediate = blocks.filter(({ output }) => !output).map(({ level }) => level);
  const outputs = blocks.filter(({ output }) => output).map(({ level }) => level);
  const stemBlocks = start.backbone.stem.length;
  const permuted = [
    ...shuffled(intermediate, draw).map((level) => ({ level, output: false })),
    ...shuffled(outputs, draw).map((level) => ({ level, output: true })),
  ];
  return {
    ...start,
    name: `Sample ${number} of seed ${seed}`,
    backbone: {
      ...start.backbone,
      variant: `sample-${seed}-${number}`,
      widths: { 1: widthAtLevel1, ...start.backbone.widths },
      blocks: permuted.map(({ level, output }, position): PermutedBlock => {
        const before = stemBlocks + position;
        return {
          level: output ? level : moved(level, levelOffsets[draw(levelOffsets.length)]!),
          kind: blockKinds[draw(blockKinds.length)]!,
          parents: twoOf(output ? 0 : Math.max(0, before - parentWindow), before, draw),
          output,
        };
      }),
    },
  };
}

/** A whole number from 0, below `count`. */
type Draw = (count: number) => number;

function choicesOf(seed: number, number: number): Draw {
  // Seed and number must not simply be added, or sample 2 of seed 1 would be sample 1 of seed 2.
  const generator = mersenne(mersenne(seed).next() + number);
  return (count) => uniformInt(generator, 0, count - 1);
}

/** Fisher and Yates. */
function shuffled<Item>(items: readonly Item[], draw: Draw): Item[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = draw(last + 1);
    const kept = order[last]!;
    order[last] = order[other]!;
    order[other] = kept;
  }
  return order;
}

/** Two different numbers from `from`, below `below`, the smaller first: each pair as likely as any other. */
function twoOf(from: number, below: number, draw: Draw): [number, number] {
  const one = from + draw(below - from);
  const rest = from + draw(below - from - 1);
  const other = rest < one ? rest : rest + 1;
  return one < other ? [one, other] : [other, one];
}

const allLevels = [1, 2, 3, 4, 5, 6, 7] as const satisfies readonly Level[];

/** Levels 2 to 5, the intermediate blocks', stay between 1 and 7 by any of the offsets. */
function moved(level: Level, offset: number): Level {
  return allLevels[level - 1 + offset]!;
}
