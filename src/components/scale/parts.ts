import { type CostMeasure, costBy, leavesOf } from "../../architecture/costs/costShares.js";
import { type CostNode, type CostPart, costTree } from "../../architecture/costs/costTree.js";
import { modelByName } from "../../architecture/families/modelByName.js";
import type { Pointing } from "../page/pointAtEachOther.js";
import { percentage } from "./icicle/words.js";

/** The costs of the networks that the page's sentences compare, SpineNet-96 at SpineNet-49's input. */
export function comparedCosts() {
  const usual = modelByName("spinenet-49");
  return {
    spineNet49: costTree(usual),
    spineNet96: costTree(modelByName("spinenet-96", { size: usual.inputSize })),
    spineNet190: costTree(modelByName("spinenet-190")),
    resNet: costTree(modelByName("resnet-50-fpn")),
  };
}

/**
 * A part of a network.
 *
 * @throws Error if the network has no such part
 */
export function partOf(network: CostNode, id: CostPart): CostNode {
  const part = network.children.find((child) => child.id === id);
  if (part === undefined) throw new Error(`${network.name} has no part "${id}".`);
  return part;
}

/** What percentage of a network's cost a part takes: "23%". */
export function shareOfPart(network: CostNode, id: CostPart, measure: CostMeasure): string {
  return percentage(costBy(partOf(network, id), measure), costBy(network, measure));
}

/** What percentage of the head's multiply-adds its finest level takes. */
export function finestShareOfHead(network: CostNode): string {
  const head = partOf(network, "head");
  const finest = leavesOf(head).filter(({ level }) => level === 3);
  return percentage(
    finest.reduce((sum, { multiplyAdds }) => sum + multiplyAdds, 0),
    head.multiplyAdds,
  );
}

/** Multiply-adds of everything before the head. */
export function beforeHead(network: CostNode): number {
  return network.multiplyAdds - partOf(network, "head").multiplyAdds;
}

const pointedParts: readonly CostPart[] = ["stem", "blocks", "resampling", "endpoints", "pyramid", "head"];

/** Where the icicle and its table show each part. */
export const partPointing: Pointing = Object.fromEntries(
  pointedParts.map((part) => [part, `:is(.cell, .label, .icicle-table tr)[data-part="${part}"]`]),
);
