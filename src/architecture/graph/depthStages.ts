import type { Part } from "../layers/layer.js";
import { layersOf } from "../layers/layersOf.js";
import { blocksOf } from "../model/blocks.js";
import type { Level } from "../model/level.js";
import type { Model } from "../model/model.js";
import { type ReceptiveField, receptiveFields } from "./receptiveField.js";

/** One stage of computing a network: the map that it makes. */
export interface DepthStage {
  /** "stem", a block's place in the order of computation, or a level of the pyramid after the blocks. */
  readonly part: "stem" | "block" | "pyramid";
  /** The block's number; the level of a pyramid's map; 0 of the stem. */
  readonly id: number;
  readonly level: Level;
  /** Height and width of its map, in cells. */
  readonly cells: readonly [height: number, width: number];
  /** Pixels of the input from one cell to the next. */
  readonly stride: number;
  /** Along the height, which is as along the width where both sides are multiples of the coarsest stride. */
  readonly field: ReceptiveField;
  /** Whether the head reads it: straight, or through an endpoint's 1×1 convolution, which sees no wider. */
  readonly output: boolean;
}

export interface Depth {
  readonly model: string;
  /** Height and width of the input, in pixels. */
  readonly size: readonly [height: number, width: number];
  readonly stages: readonly DepthStage[];
}

/**
 * A network in the order it is computed: the stem's convolution and pool, the blocks that reach an output, and for an
 * FPN its maps, the coarsest of the backbone's first, then down to the finest, then those coarser than the backbone's.
 *
 * @throws Error as `checkRules` and `receptiveFields` do
 */
export function depthOf(model: Model): Depth {
  const layers = layersOf(model);
  const fields = receptiveFields(layers);
  // In the order in which the stages begin; each ends with its last layer.
  const stages = new Map<string, DepthStage>();
  for (const { name, part, shape } of layers) {
    const made = stageOf(part, model);
    if (made === null) continue;
    const [height, width = 1] = shape;
    const field = fields.get(name)!;
    stages.set(`${made.part} ${made.id}`, { ...made, cells: [height, width], stride: field.stride, field });
  }
  const [height, width] = model.inputSize;
  return { model: model.name, size: [height, width], stages: [...stages.values()] };
}

function stageOf(
  part: Part,
  { backbone }: Model,
): Pick<DepthStage, "part" | "id" | "level" | "output"> | null {
  switch (part.kind) {
    case "stem":
      return { part: "stem", id: 0, level: backbone.family === "mobile" ? 1 : 2, output: false };
    case "block": {
      const { id, level, output } = blocksOf(backbone)[part.block]!;
      return { part: "block", id, level, output };
    }
    case "pyramid":
      return { part: "pyramid", id: part.level, level: part.level, output: true };
    default:
      return null;
  }
}
