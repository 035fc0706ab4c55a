import { type ModelName, modelByName } from "../../../architecture/families/modelByName.js";
import type { ModelOptions } from "../../../architecture/families/options.js";
import type { Model } from "../../../architecture/model/model.js";

/** A graph of blocks that a checkpoint may be of, whatever its widths. */
export interface Structure {
  readonly repeats: number;
  /** The published models with this graph and these repeats, the one that others are named after first. */
  readonly names: readonly [ModelName, ...ModelName[]];
}

const deeperSpineNets = ["spinenet-96", "spinenet-143", "spinenet-190"] as const;
const mostRepeats = 6;

/** Networks that nobody published, with the graph of one that was. */
function repeated(name: ModelName, least = 1): Structure[] {
  const counts = Array.from({ length: mostRepeats }, (_, index) => index + 1);
  return counts.filter((repeats) => repeats >= least).map((repeats) => ({ repeats, names: [name] }));
}

/** All that are tried, in this order. */
export const structures: readonly Structure[] = [
  { repeats: 1, names: ["spinenet-49", "spinenet-49s"] },
  ...deeperSpineNets.map(
    (name): Structure => ({ repeats: modelByName(name).backbone.repeats, names: [name] }),
  ),
  { repeats: 1, names: ["spinenet-mobile-49", "spinenet-mobile-49s", "spinenet-mobile-49xs"] },
  ...(["resnet-50-fpn", "resnet-101-fpn", "resnet-152-fpn"] as const).map(
    (name): Structure => ({ repeats: 1, names: [name] }),
  ),
  ...(["r0-sp53", "r23-sp30"] as const).flatMap((name) => repeated(name)),
  ...repeated("spinenet-49", 5),
  ...repeated("spinenet-mobile-49", 2),
];

/** The published model of a structure with these widths; the structure's first, renamed, if none has them. */
export function closestModel({ names, repeats }: Structure, options: ModelOptions): Model {
  const published = names.map((name) => ({ name, ...modelByName(name).backbone }));
  const exact = published.find(
    (backbone) =>
      backbone.repeats === repeats &&
      backbone.widthMultiplier === (options.width ?? backbone.widthMultiplier) &&
      backbone.alpha === (options.alpha ?? backbone.alpha),
  );
  const model = modelByName(exact?.name ?? names[0], { ...options, repeats });
  // A classifier has no feature pyramid to be named for.
  const name = options.head === "classifier" ? model.name.replace(/-FPN$/, "") : model.name;
  return { ...model, name: exact ? name : `${name}${differences(model, published[0]!)}` };
}

function differences({ backbone }: Model, published: Model["backbone"]): string {
  const parts = [
    backbone.widthMultiplier === published.widthMultiplier ? [] : [`width ${backbone.widthMultiplier}`],
    backbone.alpha === published.alpha ? [] : [`α ${backbone.alpha}`],
    backbone.repeats === published.repeats ? [] : [`${backbone.repeats} repeats`],
  ].flat();
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
