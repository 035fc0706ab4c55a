import type { Level } from "../model/level.js";
import type { FeatureGraph, FeatureNode } from "./featureGraph.js";

/** The paths from the input to one of the maps that the head reads. Lengths count blocks, the last one included. */
export interface OutputMeasures {
  readonly level: Level;
  /** Blocks on the shortest path from the input. */
  readonly shortestPath: number;
  /** Blocks on the longest path. */
  readonly longestPath: number;
  /** Different paths; two are different if they differ in one connection. */
  readonly paths: number;
  /** Mean length of these paths. */
  readonly meanPath: number;
  /** Different levels among the maps it is made from, its own included. */
  readonly scales: number;
}

/** What can be counted on a graph without training it. */
export interface GraphMeasures {
  /** By level. */
  readonly outputs: readonly OutputMeasures[];
  /** Over the outputs: the mean of their shortest paths, the longest path of all, and the sum of their paths. */
  readonly shortestPath: number;
  readonly longestPath: number;
  readonly paths: number;
  /** Over all paths to all outputs, each counted once. */
  readonly meanPath: number;
  /** The mean over the outputs. */
  readonly scales: number;
  /** How many blocks come right after a block of a coarser level, in the order of computation. */
  readonly finerInOrder: number;
  /** How many come right after a block of a finer level. */
  readonly coarserInOrder: number;
  /** Over all paths: how many of a path's connections lead to a finer level, on average. */
  readonly finerOnPath: number;
  readonly coarserOnPath: number;
  /** How many places back in the order a connection between blocks reaches, on average: 1 in a chain. */
  readonly reach: number;
  /** Blocks that lead to an output; the others are never computed. */
  readonly usedBlocks: number;
}

/** Sums over all paths from the input to a node. */
interface Paths {
  readonly count: number;
  readonly blocks: number;
  readonly finer: number;
  readonly coarser: number;
  readonly shortest: number;
  readonly longest: number;
  /** The node and all it is made from. */
  readonly sources: ReadonlySet<FeatureNode>;
}

/**
 * Measures a graph.
 *
 * Only what leads to an output counts, except in the order of computation, which includes every block.
 */
export function measureGraph({ nodes, outputs }: FeatureGraph): GraphMeasures {
  const known: Paths[] = [];
  for (const node of nodes) known.push(pathsTo(node, nodes, known));
  const measured = outputs.map((index): OutputMeasures => {
    const { count, blocks, shortest, longest, sources } = known[index]!;
    return {
      level: nodes[index]!.level,
      shortestPath: shortest,
      longestPath: longest,
      paths: count,
      meanPath: blocks / count,
      scales: new Set([...sources].map(({ level }) => level)).size,
    };
  });
  const ends = outputs.map((index) => known[index]!);
  const used = new Set(ends.flatMap(({ sources }) => [...sources]));
  const paths = sumOf(ends, ({ count }) => count);
  const order = nodes.filter(({ block }) => block);
  const changes = order.slice(1).map(({ level }, index) => level - order[index]!.level);
  const reaches = nodes.flatMap((node, index) =>
    node.block && used.has(node) ? node.inputs.map((input) => index - input) : [],
  );
  return {
    outputs: measured,
    shortestPath: sumOf(measured, ({ shortestPath }) => shortestPath) / measured.length,
    longestPath: Math.max(...measured.map(({ longestPath }) => longestPath)),
    paths,
    meanPath: sumOf(ends, ({ blocks }) => blocks) / paths,
    scales: sumOf(measured, ({ scales }) => scales) / measured.length,
    finerInOrder: changes.filter((change) => change < 0).length,
    coarserInOrder: changes.filter((change) => change > 0).length,
    finerOnPath: sumOf(ends, ({ finer }) => finer) / paths,
    coarserOnPath: sumOf(ends, ({ coarser }) => coarser) / paths,
    reach: reaches.length === 0 ? 0 : sumOf(reaches, (reach) => reach) / reaches.length,
    usedBlocks: [...used].filter(({ block }) => block).length,
  };
}

/** A node without inputs reads the network's input: one path, of the node alone. */
function pathsTo(node: FeatureNode, nodes: readonly FeatureNode[], known: readonly Paths[]): Paths {
  const own = node.block ? 1 : 0;
  if (node.inputs.length === 0) {
    return {
      count: 1,
      blocks: own,
      finer: 0,
      coarser: 0,
      shortest: own,
      longest: own,
      sources: new Set([node]),
    };
  }
  const inputs = node.inputs.map((index) => ({ ...known[index]!, level: nodes[index]!.level }));
  const count = sumOf(inputs, (input) => input.count);
  const crossing = (matters: (from: Level) => boolean): number =>
    sumOf(inputs, (input) => (matters(input.level) ? input.count : 0));
  return {
    count,
    blocks: sumOf(inputs, ({ blocks }) => blocks) + own * count,
    finer: sumOf(inputs, ({ finer }) => finer) + crossing((from) => from > node.level),
    coarser: sumOf(inputs, ({ coarser }) => coarser) + crossing((from) => from < node.level),
    shortest: own + Math.min(...inputs.map(({ shortest }) => shortest)),
    longest: own + Math.max(...inputs.map(({ longest }) => longest)),
    sources: new Set([node, ...inputs.flatMap(({ sources }) => [...sources])]),
  };
}

function sumOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
