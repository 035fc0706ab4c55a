import { modelByName } from "../../architecture/families/modelByName.js";
import { type Depth, type DepthStage, depthOf } from "../../architecture/graph/depthStages.js";
import { type DepthMoment, depthMoments } from "./depthMoments.js";
import { stageAt } from "./depthWords.js";

/** The two networks that the page compares: one whose blocks only coarsen, and a scale-permuted one. */
export function comparedDepths(): readonly [decreasing: Depth, permuted: Depth] {
  return [depthOf(modelByName("resnet-50-fpn")), depthOf(modelByName("spinenet-49"))];
}

/** The stages whose maps the page's sentences describe. */
export function namedStages(depths: readonly [decreasing: Depth, permuted: Depth]) {
  const [decreasing] = depths;
  const moments = depthMoments(...depths);
  const at = ({ network, place }: DepthMoment): DepthStage => stageAt(depths[network], place);
  const pyramid = at(moments.pyramid);
  const lateral = decreasing.stages.findLast(
    ({ part, level }) => part === "block" && level === pyramid.level,
  );
  if (lateral === undefined) throw new Error(`${decreasing.model} has no block on level ${pyramid.level}.`);
  return {
    finest: at(moments.apart),
    /** What the other network computes at that stage. */
    beside: stageAt(decreasing, moments.apart.place),
    bottom: at(moments.bottom),
    pyramid,
    /** The block that the pyramid's finest map is made of, beside a coarser map. */
    lateral,
    plunge: at(moments.plunge),
    climb: at(moments.climb),
    /** How many times the permuted network makes a map finer than the one before. */
    climbs: moments.climb.stages.length,
  };
}
