import type { CostNode, CostPart } from "./costTree.js";

/** What is counted: trainable parameters, or multiply-adds of one image. */
export type CostMeasure = "parameters" | "multiplyAdds";

export const costMeasures: readonly CostMeasure[] = ["multiplyAdds", "parameters"];

/** What a node costs, by the measure that is asked for. */
export function costBy(node: CostNode, measure: CostMeasure): number {
  return measure === "parameters" ? node.parameters.trainable : node.multiplyAdds;
}

/** The part of a network's cost, between 0 and 1, that its part of this id has; 0 where it has no such part. */
export function shareOf(root: CostNode, part: CostPart, measure: CostMeasure): number {
  const node = root.children.find(({ id }) => id === part);
  return node ? costBy(node, measure) / costBy(root, measure) : 0;
}

/** The single layers that a node is made of, in the order they are computed within each part. */
export function leavesOf(node: CostNode): readonly CostNode[] {
  return node.children.length === 0 ? [node] : node.children.flatMap(leavesOf);
}
