import { layersOf } from "../layers/layersOf.js";
import type { Level, Model } from "../model/model.js";
import { type ReceptiveField, receptiveFields } from "./receptiveField.js";

/** One step of computing a network: the map that it makes. */
export interface DepthStep {
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
  readonly steps: readonly DepthStep[];
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
  const { backbone, decoder, inputSize } = model;
  const lastNames = new Map(layers.map(({ block, name }) => [block, name]));
  const byName = new Map(layers.map((layer) => [layer.name, layer]));

  const step = (
    part: DepthStep["part"],
    id: number,
    level: Level,
    layer: string | undefined,
    output: boolean,
  ): DepthStep[] => {
    if (layer === undefined) return [];
    const [height, width] = byName.get(layer)!.shape;
    const field = fields.get(layer)!;
    return [{ part, id, level, cells: [height, width ?? 1], stride: field.stride, field, output }];
  };
  const blocks = [...backbone.stem, ...backbone.blocks].flatMap(({ level }, id) =>
    step("block", id, level, lastNames.get(String(id)), isOutput(model, id)),
  );
  const pyramid =
    decoder.kind === "fpn"
      ? ([5, 4, 3, 6, 7] as const).flatMap((level) => step("pyramid", level, level, `fpn/norm${level}`, true))
      : [];
  const stemLevel = backbone.family === "mobile" ? 1 : 2;
  return {
    model: model.name,
    size: [inputSize[0], inputSize[1]],
    steps: [...step("stem", 0, stemLevel, lastNames.get("stem"), false), ...blocks, ...pyramid],
  };
}

function isOutput({ backbone }: Model, id: number): boolean {
  return backbone.blocks[id - backbone.stem.length]?.output ?? false;
}
