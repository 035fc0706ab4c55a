import type { CheckpointTensor } from "../bundleIndex.js";
import type { ObjectGraph } from "../objectGraph.js";
import { objectGraphName } from "../objectGraph.js";
import type { Layout } from "./layout.js";
import { modelGardenPlace, rankBlocks } from "./modelGardenNames.js";
import type { Place } from "./place.js";
import { tf1Place } from "./tf1Names.js";

/** A variable of a checkpoint that is neither an optimiser's nor an average. */
export interface Variable {
  /** As its code named it. */
  readonly name: string;
  /** The tensor to take its value from. */
  readonly tensor: CheckpointTensor;
  /** Whether that is the variable's moving average over training, not its last value. */
  readonly averaged: boolean;
  /** Null for one that none of our networks has. */
  readonly place: Place | null;
}

export interface NamedVariables {
  readonly layout: Layout;
  readonly variables: readonly Variable[];
  /** How many tensors are an optimiser's, or the last values of averaged variables. */
  readonly slots: number;
}

/** The ending of TF1's averages. */
const averageEnding = "/ExponentialMovingAverage";
/** The slot of the Model Garden's. */
const averageSlot = "average";

/**
 * A checkpoint's variables with their names: by its object graph, or, if it has none, by those of the tensors.
 */
export function namedVariables(
  tensors: ReadonlyMap<string, CheckpointTensor>,
  graph: ObjectGraph | null,
): NamedVariables {
  return graph ? graphVariables(tensors, graph) : scopedVariables(tensors);
}

function graphVariables(
  tensors: ReadonlyMap<string, CheckpointTensor>,
  { variables, slots }: ObjectGraph,
): NamedVariables {
  const averages = new Map(
    slots.flatMap(({ slot, original, key }) => (slot === averageSlot ? [[original, key]] : [])),
  );
  const stored = variables.filter(({ key }) => tensors.has(key));
  const places = rankBlocks(stored.map(({ fullName }) => modelGardenPlace(fullName)));
  const own = stored.map(({ key, fullName }, index): Variable => {
    const average = tensors.get(averages.get(key) ?? "");
    return {
      name: fullName || key,
      tensor: average ?? tensors.get(key)!,
      averaged: average !== undefined,
      place: places[index]!,
    };
  });
  const known = new Set([...stored.map(({ key }) => key), ...slots.map(({ key }) => key), objectGraphName]);
  const unlisted = [...tensors.values()]
    .filter(({ name }) => !known.has(name))
    .map((tensor): Variable => ({ name: tensor.name, tensor, averaged: false, place: null }));
  return { layout: "modelGarden", variables: [...own, ...unlisted], slots: slots.length };
}

/** An optimiser's slot is named like its variable, with a segment more. */
function scopedVariables(tensors: ReadonlyMap<string, CheckpointTensor>): NamedVariables {
  const own = [...tensors.values()].filter(({ name }) => !tensors.has(name.slice(0, name.lastIndexOf("/"))));
  const variables = own.map((tensor): Variable => {
    const average = tensors.get(`${tensor.name}${averageEnding}`);
    return {
      name: tensor.name,
      tensor: average ?? tensor,
      averaged: average !== undefined,
      place: tf1Place(tensor.name),
    };
  });
  return { layout: "tf1", variables, slots: tensors.size - own.length };
}
