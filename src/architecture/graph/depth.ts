import type { Layer, Part } from "../layers/layer.js";
import { layersOf } from "../layers/layersOf.js";
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
  const { backbone, decoder, inputSize } = model;
  const last = (belongs: (part: Part) => boolean): Layer | undefined =>
    layers.findLast((layer) => belongs(layer.part));

  const stage = (
    part: DepthStage["part"],
    id: number,
    level: Level,
    layer: Layer | undefined,
    output: boolean,
  ): DepthStage[] => {
    if (layer === undefined) return [];
    const [height, width] = layer.shape;
    const field = fields.get(layer.name)!;
    return [{ part, id, level, cells: [height, width ?? 1], stride: field.stride, field, output }];
  };
  const blocks = [...backbone.stem, ...backbone.blocks].flatMap(({ level }, id) =>
    stage(
      "block",
      id,
      level,
      last((part) => part.kind === "block" && part.block === id),
      isOutput(model, id),
    ),
  );
  const pyramid =
    decoder.kind === "fpn"
      ? ([5, 4, 3, 6, 7] as const).flatMap((level) =>
          stage(
            "pyramid",
            level,
            level,
            last((part) => part.kind === "pyramid" && part.level === level),
            true,
          ),
        )
      : [];
  const stemLevel = backbone.family === "mobile" ? 1 : 2;
  return {
    model: model.name,
    size: [inputSize[0], inputSize[1]],
    stages: [
      ...stage(
        "stem",
        0,
        stemLevel,
        last(({ kind }) => kind === "stem"),
        false,
      ),
      ...blocks,
      ...pyramid,
    ],
  };
}

function isOutput({ backbone }: Model, id: number): boolean {
  return backbone.blocks[id - backbone.stem.length]?.output ?? false;
}
