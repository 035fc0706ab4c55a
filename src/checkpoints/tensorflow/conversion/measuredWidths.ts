import { blocksOf } from "../../../architecture/model/blocks.js";
import type { Backbone, Model } from "../../../architecture/model/model.js";
import { filtersOf, type Pair } from "./pairing.js";

/** The settings of a backbone that follow from the shapes of its kernels. */
export interface MeasuredWidths {
  readonly stemWidth: number;
  readonly widthMultiplier: number;
  /** Those of the family, unless no multiplier gives the kernels' shapes. */
  readonly widths: Backbone["widths"];
  readonly alpha: number;
  /** Of the endpoints, or of a feature pyramid. */
  readonly endpointWidth: number;
}

/** The convolution of a block whose filters are the block's width. */
const widthLabels: ReadonlySet<string> = new Set(["bottleneck/conv2", "residual/conv1", "mbconv/project"]);

/** @param model the family's, with any widths; the pairs are of its layers */
export function measuredWidths({ backbone }: Model, pairs: readonly Pair[]): MeasuredWidths {
  const levels = levelWidths(backbone, pairs);
  const stem = filtersWhere(pairs, ({ layer }) => layer.part.kind === "stem") ?? backbone.stemWidth;
  const mobile = backbone.family === "mobile";
  const scaled = [...levels].map(([level, width]) => ({ from: backbone.widths[level]!, to: width }));
  if (mobile) scaled.push({ from: backbone.stemWidth, to: stem });
  const multiplier = shortestFactor(scaled);
  const exact = { ...backbone.widths, ...Object.fromEntries(levels) };
  return {
    stemWidth: mobile && multiplier !== null ? backbone.stemWidth : stem,
    widthMultiplier: multiplier ?? 1,
    widths: multiplier === null ? exact : backbone.widths,
    alpha: shortestFactor(reductions(backbone, levels, pairs)) ?? backbone.alpha,
    endpointWidth:
      filtersWhere(pairs, ({ layer }) => layer.part.kind === "endpoint" || layer.part.kind === "pyramid") ??
      backbone.endpointWidth,
  };
}

function filtersWhere(pairs: readonly Pair[], chosen: (pair: Pair) => boolean): number | undefined {
  const pair = pairs.find((one) => one.layer.op === "conv" && chosen(one));
  return pair && filtersOf(pair);
}

/** Filters of the 3×3 convolutions by level, as found. */
function levelWidths(backbone: Backbone, pairs: readonly Pair[]): Map<number, number> {
  const blocks = blocksOf(backbone);
  const found = new Map<number, number>();
  for (const pair of pairs) {
    const { part, label } = pair.layer;
    if (part.kind !== "block") continue;
    const { level, kind } = blocks[part.block]!;
    const filters = filtersOf(pair);
    if (filters !== undefined && widthLabels.has(`${kind}/${label}`) && !found.has(level)) {
      found.set(level, filters);
    }
  }
  return found;
}

interface Scaling {
  readonly from: number;
  readonly to: number;
}

/** What connections reduce their parents' widths to. */
function reductions(
  backbone: Backbone,
  levels: ReadonlyMap<number, number>,
  pairs: readonly Pair[],
): Scaling[] {
  const blocks = blocksOf(backbone);
  return pairs.flatMap((pair) => {
    const { part, label } = pair.layer;
    if (part.kind !== "connection" || label !== "reduce") return [];
    const from = levels.get(blocks[part.parent]!.level);
    const to = filtersOf(pair);
    return from === undefined || to === undefined ? [] : [{ from, to }];
  });
}

const mostDigits = 6;

/**
 * The factor with the fewest decimals that takes each number to the other once truncated, as widths are: 0.65 for
 * 64 → 41, 128 → 83 and 256 → 166. Null if there is none, or nothing to scale.
 */
function shortestFactor(scalings: readonly Scaling[]): number | null {
  if (scalings.length === 0) return null;
  const least = Math.max(...scalings.map(({ from, to }) => to / from));
  for (let digits = 0; digits <= mostDigits; digits++) {
    const factor = Number((Math.ceil(least * 10 ** digits - 1e-9) / 10 ** digits).toFixed(digits));
    if (scalings.every(({ from, to }) => Math.trunc(from * factor) === to)) return factor;
  }
  return null;
}
