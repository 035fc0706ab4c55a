import { descriptionOf } from "../../architecture/costs/description.js";
import { modelByName } from "../../architecture/families/modelByName.js";
import type { PairedNetwork } from "./networkPair.js";

/** The two networks of the first figure. */
export function pairedNetworks(): readonly [resNet: PairedNetwork, spineNet: PairedNetwork] {
  return [
    {
      description: descriptionOf(modelByName("resnet-50-fpn")),
      says: "only coarsens, then needs a pyramid.",
    },
    {
      description: descriptionOf(modelByName("spinenet-49")),
      says: "goes coarser and finer, and needs none.",
    },
  ];
}
