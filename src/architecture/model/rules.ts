import { stemFilters } from "../layers/widths.js";
import { featureSize } from "./level.js";
import type { Model } from "./model.js";

/**
 * Holds a model against the rules that its schema cannot state.
 *
 * @throws Error naming the block and the rule: parents exist and precede, every level used has a width, each
 *   output level occurs once, resolutions relate by whole numbers, a head finds the levels it needs.
 */
export function checkRules(model: Model): void {
  checkStem(model);
  checkParents(model);
  checkWidths(model);
  checkOutputs(model);
  checkRatios(model);
}

function checkStem({ backbone }: Model): void {
  const { family, stem, stemWidth, widthMultiplier } = backbone;
  if (stemFilters(backbone) < 1) {
    throw new Error(
      `the first convolution has ${stemWidth} × ${widthMultiplier} filters, which is less than one: widen "stemWidth" or "widthMultiplier"`,
    );
  }
  stem.forEach(({ level, kind }, index) => {
    const mobile = kind === "mbconv";
    if (mobile !== (family === "mobile")) {
      throw new Error(`block ${index} is of kind "${kind}", which the family "${family}" does not have`);
    }
    const before = index === 0 ? (family === "mobile" ? 1 : 2) : stem[index - 1]!.level;
    if (level < before || level > before + 1) {
      throw new Error(
        `stem block ${index} is at level ${level} after level ${before}: a stem goes down one level at a time`,
      );
    }
  });
  if (family === "resnet" && backbone.blocks.length > 0) {
    throw new Error(`the family "resnet" has no scale-permuted blocks; use "scale-permuted"`);
  }
}

/** Since parents come earlier, and the first blocks are the stem's, the input reaches every block and so every output. */
function checkParents({ backbone }: Model): void {
  const { family, stem, blocks } = backbone;
  blocks.forEach(({ kind, parents }, position) => {
    const index = stem.length + position;
    if ((kind === "mbconv") !== (family === "mobile")) {
      throw new Error(`block ${index} is of kind "${kind}", which the family "${family}" does not have`);
    }
    for (const parent of parents) {
      if (parent >= stem.length + blocks.length) {
        throw new Error(
          `block ${index} names block ${parent} as a parent, but the last block is ${stem.length + blocks.length - 1}`,
        );
      }
      if (parent >= index) {
        throw new Error(
          `block ${index} names block ${parent} as a parent, which is not built before it: that would be a cycle. ` +
            "Parents must come earlier in the list",
        );
      }
    }
    if (parents.length === 2 && parents[0] === parents[1]) {
      throw new Error(
        `block ${index} names block ${parents[0]} twice as a parent; name two different blocks, or one`,
      );
    }
  });
}

function checkWidths({ backbone }: Model): void {
  [...backbone.stem, ...backbone.blocks].forEach(({ level }, index) => {
    const width = backbone.widths[level];
    if (width === undefined) {
      throw new Error(`block ${index} is at level ${level}, for which "widths" has no entry`);
    }
    if (Math.trunc(width * backbone.widthMultiplier) < 1) {
      throw new Error(
        `level ${level} has ${width} × ${backbone.widthMultiplier} filters, which is less than one: widen "widths" or "widthMultiplier"`,
      );
    }
  });
  if (backbone.family !== "scale-permuted") return;
  const nodes = [...backbone.stem, ...backbone.blocks];
  for (const { parents } of backbone.blocks) {
    for (const parent of parents) {
      const width = Math.trunc(backbone.widths[nodes[parent]!.level]! * backbone.widthMultiplier);
      if (Math.trunc(width * backbone.alpha) < 1) {
        throw new Error(
          `"alpha" ${backbone.alpha} leaves the resampling of block ${parent} without a single filter: raise it`,
        );
      }
    }
  }
}

function checkOutputs({ backbone, decoder, head }: Model): void {
  const { stem, blocks } = backbone;
  const outputs = blocks.flatMap(({ level, output }, position) =>
    output ? [{ level, index: stem.length + position }] : [],
  );
  const seen = new Map<number, number>();
  for (const { level, index } of outputs) {
    const earlier = seen.get(level);
    if (earlier !== undefined) {
      throw new Error(
        `blocks ${earlier} and ${index} are both the output of level ${level}; each level has one`,
      );
    }
    seen.set(level, index);
  }
  if (backbone.family !== "resnet" && outputs.length === 0) {
    throw new Error('no block is marked "output": true, so nothing reaches the head');
  }
  if (decoder.kind === "fpn") {
    if (backbone.family !== "resnet") {
      throw new Error(
        'an "fpn" decoder reads a "resnet" backbone; a scale-permuted one has its own outputs (decoder "none")',
      );
    }
    for (const level of [3, 4, 5]) {
      if (!stem.some((block) => block.level === level)) {
        throw new Error(`an "fpn" decoder reads levels 3, 4 and 5, but no block is at level ${level}`);
      }
    }
  } else if (backbone.family === "resnet" && head.kind === "retinanet") {
    throw new Error('a "resnet" backbone needs the decoder "fpn" under a "retinanet" head');
  }
}

function checkRatios(model: Model): void {
  const { backbone, decoder, inputSize, padding } = model;
  const [height, width] = inputSize;
  if (decoder.kind === "fpn") {
    if (height % 32 !== 0 || width % 32 !== 0) {
      throw new Error(
        `inputSize ${height}×${width}: an "fpn" needs multiples of 32, so that doubling fits each level`,
      );
    }
    return;
  }
  // TF1's resampling ends in a resize to the very size, so it takes any input (224 px classification).
  if (padding === "symmetric") return;
  const nodes = [...backbone.stem, ...backbone.blocks];
  backbone.blocks.forEach(({ level, parents }, position) => {
    for (const parent of parents) {
      checkRatio(model, { index: backbone.stem.length + position, level }, parent, nodes[parent]!.level);
    }
  });
}

function checkRatio(
  { backbone, inputSize }: Model,
  child: { index: number; level: number },
  parent: number,
  parentLevel: number,
): void {
  const [height, width] = inputSize;
  const sides = inputSize.map((side) => ({
    from: featureSize(side, parentLevel),
    to: featureSize(side, child.level),
  }));
  const refuse = (what: string): never => {
    const top = 2 ** Math.max(...[...backbone.stem, ...backbone.blocks].map(({ level }) => level));
    throw new Error(
      `inputSize ${height}×${width}: block ${child.index} (level ${child.level}) and its parent ` +
        `${parent} (level ${parentLevel}) have ${what}; use multiples of ${top}`,
    );
  };
  // Going down, every halving rounds up and so meets the target; only repeated pixels can miss it.
  for (const { from, to } of sides) {
    if (parentLevel > child.level && to !== from * 2 ** (parentLevel - child.level)) {
      refuse(`${to} and ${from} cells a side, and repeating pixels cannot fill that`);
    }
  }
  const [down, across] = sides.map(({ from, to }) => halvings(from, to));
  if (down !== across) {
    refuse("one side too short to be halved as often as the other, which a square stride cannot do");
  }
}

/** Halvings, each rounding up, that bring one count of cells down to another. */
function halvings(from: number, to: number): number {
  let steps = 0;
  for (let cells = from; cells > to; cells = Math.ceil(cells / 2)) steps++;
  return steps;
}
