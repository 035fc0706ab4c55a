import { featureSize } from "./geometry.js";
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
  const { family, stem } = backbone;
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
  const narrowest = Math.min(
    ...backbone.blocks.map(({ level }) => backbone.widths[level]!),
    Number.POSITIVE_INFINITY,
  );
  const resampled = Math.trunc(Math.trunc(narrowest * backbone.widthMultiplier) * backbone.alpha);
  if (backbone.family === "scale-permuted" && backbone.blocks.length > 0 && resampled < 1) {
    throw new Error(`"alpha" ${backbone.alpha} leaves a resampling without a single filter: raise it`);
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

function checkRatios({ backbone, decoder, inputSize, padding }: Model): void {
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
      const parentLevel = nodes[parent]!.level;
      // Going down, every step rounds up and so always meets the target; only repeating pixels can miss it.
      if (parentLevel <= level) continue;
      for (const side of inputSize) {
        const from = featureSize(side, parentLevel);
        const to = featureSize(side, level);
        if (to !== from * 2 ** (parentLevel - level)) {
          const top = 2 ** Math.max(...nodes.map((node) => node.level));
          throw new Error(
            `inputSize ${height}×${width}: block ${backbone.stem.length + position} (level ${level}) and its parent ` +
              `${parent} (level ${parentLevel}) have ${to} and ${from} cells a side, and repeating pixels cannot fill that; ` +
              `use multiples of ${top}`,
          );
        }
      }
    }
  });
}
