import { descriptionOf } from "../../architecture/costs/description.js";
import { modelByName } from "../../architecture/families/modelByName.js";
import { distinctOrders } from "../../architecture/search/scalePermutation.js";
import { searchSpaceOf } from "../../architecture/search/searchSpace.js";
import { type ComparedNetwork, comparedNetworks } from "./comparedNetworks.js";

const names = ["spinenet-49", "r0-sp53", "r23-sp30", "resnet-50-fpn"] as const;

/** The published networks that the page compares: the best of the search, R0-SP53 of another search, and two others. */
export function pageNetworks(): readonly [
  spineNet: ComparedNetwork,
  r0Sp53: ComparedNetwork,
  ...others: ComparedNetwork[],
] {
  const [spineNet, r0Sp53, ...others] = comparedNetworks(
    names.map((name) => descriptionOf(modelByName(name))),
  );
  return [spineNet!, r0Sp53!, ...others];
}

interface OrderCounts {
  /** Blocks that a search may move. */
  readonly blocks: number;
  /** Those that are not outputs, and how many levels these have. */
  readonly intermediate: number;
  readonly levels: number;
  readonly orders: bigint;
  /** Orders that differ in their levels. */
  readonly distinct: bigint;
}

/** How many orders there are of the blocks that a search starts with, such as R0-SP53's. */
export function orderCounts({ description }: ComparedNetwork): OrderCounts {
  const moving = description.blocks.slice(modelByName("r0-sp53").backbone.stem.length);
  const levelsWhere = (output: boolean) =>
    moving.filter((block) => (block.output !== undefined) === output).map(({ level }) => level);
  const intermediate = levelsWhere(false);
  return {
    blocks: moving.length,
    intermediate: intermediate.length,
    levels: new Set(intermediate).size,
    orders: searchSpaceOf(moving.length).orders,
    distinct: distinctOrders(intermediate) * distinctOrders(levelsWhere(true)),
  };
}
