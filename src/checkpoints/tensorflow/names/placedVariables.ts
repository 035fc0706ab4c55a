import { CheckpointError } from "../checkpointError.js";
import type { Role } from "./place.js";
import type { Variable } from "./variables.js";

/** A layer of the checkpoint: its variables by role. */
export type PlacedLayer = ReadonlyMap<Role, Variable>;

/**
 * The variables by group and layer, the layers of each group in order of creation.
 *
 * @param source the checkpoint's name, for messages
 * @throws CheckpointError if two variables claim the same place
 */
export function placedVariables(variables: readonly Variable[], source: string): Map<string, PlacedLayer[]> {
  const groups = new Map<string, Map<number, Map<Role, Variable>>>();
  for (const variable of variables) {
    if (!variable.place) continue;
    const { group, number, role } = variable.place;
    const layers = groups.get(group) ?? new Map<number, Map<Role, Variable>>();
    const layer = layers.get(number) ?? new Map<Role, Variable>();
    const other = layer.get(role);
    if (other) {
      throw new CheckpointError(
        source,
        `"${other.tensor.name}" and "${variable.tensor.name}" are both named ${variable.name}; a checkpoint of one network is needed.`,
      );
    }
    groups.set(group, layers.set(number, layer.set(role, variable)));
  }
  return new Map(
    [...groups].map(([group, layers]) => [
      group,
      [...layers].sort(([a], [b]) => a - b).map(([, layer]) => layer),
    ]),
  );
}
