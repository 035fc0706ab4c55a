import { scaledWidth, stemFilters } from "../layers/widths.js";
import { blocksOf, type NumberedBlock } from "./blocks.js";
import { featureSize } from "./level.js";
import type { Model } from "./model.js";

/**
 * Checks a model against the rules that its schema cannot state.
 *
 * @throws Error naming the block and the rule: parents exist and precede, every level used has a width, each
 *   output level occurs once, blocks are not repeated too often, resolutions relate by whole numbers, a head finds the levels it needs.
 */
export function checkRules(model: Model): void {
  const blocks = blocksOf(model.backbone);
  checkRepeats(model, blocks);
  checkStem(model);
  checkKinds(model, blocks);
  checkParents(blocks);
  checkWidths(model, blocks);
  checkOutputs(model, blocks);
  checkDecoder(model);
  checkRatios(model, blocks);
}

const mostBlockRepeats = 1_024;

/** Blocks and their repeats are within bounds each; together they decide how many layers are to be built. */
function checkRepeats({ backbone: { family, repeats } }: Model, { length }: readonly NumberedBlock[]): void {
  if (family === "resnet" || length * repeats <= mostBlockRepeats) return;
  throw new Error(
    `backbone.repeats: is ${repeats}, which makes ${length * repeats} of ${length} blocks; ` +
      `expected at most ${mostBlockRepeats} in all, so from 1 to ${Math.floor(mostBlockRepeats / length)}`,
  );
}

function checkStem({ backbone }: Model): void {
  const { family, stem, stemWidth, widthMultiplier, blocks } = backbone;
  if (stemFilters(backbone) < 1) {
    throw new Error(
      `the first convolution has ${stemWidth} × ${widthMultiplier} filters, which is less than one: widen "stemWidth" or "widthMultiplier"`,
    );
  }
  let before = family === "mobile" ? 1 : 2;
  for (const [index, { level }] of stem.entries()) {
    if (level < before || level > before + 1) {
      throw new Error(
        `stem block ${index} is at level ${level} after level ${before}: a stem goes down one level at a time`,
      );
    }
    before = level;
  }
  if (family === "resnet" && blocks.length > 0) {
    throw new Error(`the family "resnet" has no scale-permuted blocks; use "scale-permuted"`);
  }
}

function checkKinds({ backbone: { family } }: Model, blocks: readonly NumberedBlock[]): void {
  for (const { id, kind } of blocks) {
    if ((kind === "mbconv") !== (family === "mobile")) {
      throw new Error(`block ${id} is of kind "${kind}", which the family "${family}" does not have`);
    }
  }
}

/** Since parents come earlier, and the first blocks are the stem's, the input reaches every block and so every output. */
function checkParents(blocks: readonly NumberedBlock[]): void {
  for (const { id, parents } of blocks) {
    for (const parent of parents) {
      const names = `block ${id} names block ${parent} as a parent`;
      if (parent >= blocks.length) throw new Error(`${names}, but the last block is ${blocks.length - 1}`);
      if (parent >= id) {
        throw new Error(
          `${names}, which is not built before it: that would be a cycle. Parents must come earlier in the list`,
        );
      }
    }
    if (parents.length === 2 && parents[0] === parents[1]) {
      throw new Error(
        `block ${id} names block ${parents[0]} twice as a parent; name two different blocks, or one`,
      );
    }
  }
}

function checkWidths({ backbone }: Model, blocks: readonly NumberedBlock[]): void {
  const { family, stem, widths, widthMultiplier, alpha } = backbone;
  for (const { id, level } of blocks) {
    if (widths[level] === undefined) {
      throw new Error(`block ${id} is at level ${level}, for which "widths" has no entry`);
    }
    if (scaledWidth(backbone, level) < 1) {
      throw new Error(
        `level ${level} has ${widths[level]} × ${widthMultiplier} filters, which is less than one: widen "widths" or "widthMultiplier"`,
      );
    }
  }
  if (family !== "scale-permuted") return;
  const narrow = blocks
    .slice(stem.length)
    .flatMap(({ parents }) => parents)
    .find((parent) => Math.trunc(scaledWidth(backbone, blocks[parent]!.level) * alpha) < 1);
  if (narrow !== undefined) {
    throw new Error(`"alpha" ${alpha} leaves connections from block ${narrow} without a filter: raise it`);
  }
}

function checkOutputs({ backbone }: Model, blocks: readonly NumberedBlock[]): void {
  const outputs = blocks.filter(({ output }) => output);
  for (const { id, level } of outputs) {
    const earlier = outputs.find((other) => other.level === level)!;
    if (earlier.id !== id) {
      throw new Error(
        `blocks ${earlier.id} and ${id} are both the output of level ${level}; each level has one`,
      );
    }
  }
  if (backbone.family !== "resnet" && outputs.length === 0) {
    throw new Error('no block is marked "output": true, so nothing reaches the head');
  }
}

function checkDecoder({ backbone, decoder, head, inputSize }: Model): void {
  if (decoder.kind === "none") {
    if (backbone.family === "resnet" && head.kind === "retinanet") {
      throw new Error('a "resnet" backbone needs the decoder "fpn" under a "retinanet" head');
    }
    return;
  }
  if (backbone.family !== "resnet") {
    throw new Error(
      'an "fpn" decoder reads a "resnet" backbone; a scale-permuted one has its own outputs (decoder "none")',
    );
  }
  for (const level of [3, 4, 5]) {
    if (!backbone.stem.some((block) => block.level === level)) {
      throw new Error(`an "fpn" decoder reads levels 3, 4 and 5, but no block is at level ${level}`);
    }
  }
  if (inputSize.some((side) => side % 32 !== 0)) {
    throw new Error(
      `inputSize ${inputSize.join("×")}: an "fpn" needs multiples of 32, so that doubling fits each level`,
    );
  }
}

/** What a connection's resampling can do: halve both sides equally often, rounding up, or repeat cells. */
function checkRatios({ backbone, inputSize, padding }: Model, blocks: readonly NumberedBlock[]): void {
  // TF1's resampling ends in a resize to the very size, so it takes any input (224 px classification).
  if (padding === "symmetric") return;
  const coarsest = Math.max(...blocks.map(({ level }) => level));
  for (const { id, level, parents } of blocks.slice(backbone.stem.length)) {
    for (const parent of parents) {
      const parentLevel = blocks[parent]!.level;
      const sides = inputSize.map((side) => ({
        from: featureSize(side, parentLevel),
        to: featureSize(side, level),
      }));
      // Going down, every halving rounds up and so meets the target; only repeated cells can miss it.
      const missed = sides.find(
        ({ from, to }) => parentLevel > level && to !== from * 2 ** (parentLevel - level),
      );
      const [down, across] = sides.map(({ from, to }) => halvings(from, to));
      if (!missed && down === across) continue;
      const what = missed
        ? `${missed.to} and ${missed.from} cells a side, and repeating pixels cannot fill that`
        : "one side too short to be halved as often as the other, which a square stride cannot do";
      throw new Error(
        `inputSize ${inputSize.join("×")}: block ${id} (level ${level}) and its parent ${parent} ` +
          `(level ${parentLevel}) have ${what}; use multiples of ${2 ** coarsest}`,
      );
    }
  }
}

/** Halvings, each rounding up, that bring one count of cells down to another. */
function halvings(from: number, to: number): number {
  return from > to ? 1 + halvings(Math.ceil(from / 2), to) : 0;
}
