import { type Description, descriptionOf } from "../../architecture/costs/description.js";
import type { Edited } from "../../architecture/edit/edit.js";
import { isPreset } from "../../architecture/edit/modelCode.js";
import { type PresetName, presetByName } from "../../architecture/families/presets.js";
import { matchBlocks } from "../../architecture/graph/blockMatching.js";
import type { Model } from "../../architecture/model/model.js";

/** A network as the instrument holds it: the model, what it began as, and a name for each block that outlives edits. */
export interface PermutedNetwork {
  readonly model: Model;
  /** The preset it was made from. */
  readonly preset: PresetName;
  /** True if it is not that preset itself. */
  readonly edited: boolean;
  readonly description: Description;
  /** A drawing follows a block by its key, whatever its number becomes. */
  readonly keys: readonly string[];
}

let nextKey = 0;

function newKey(): string {
  return `b${nextKey++}`;
}

const ending = ", edited";

/** A network to begin with. One that differs from its preset without a name of its own is named as an edited one. */
export function networkOf(model: Model, preset: PresetName): PermutedNetwork {
  const named = settled(model, preset);
  const description = descriptionOf(named.model);
  return { ...named, preset, description, keys: description.blocks.map(newKey) };
}

/** A network after an edit, its blocks known by the keys they had. */
export function afterEdit(network: PermutedNetwork, { model, origins }: Edited): PermutedNetwork {
  const named = settled(model, network.preset);
  return {
    ...named,
    preset: network.preset,
    description: descriptionOf(named.model),
    keys: origins.map((origin) => (origin === null ? newKey() : network.keys[origin]!)),
  };
}

/** Another network in the place of one: each block goes by the key of the one it is paired with. */
export function inPlaceOf(network: PermutedNetwork, model: Model, preset: PresetName): PermutedNetwork {
  const named = settled(model, preset);
  const description = descriptionOf(named.model);
  const partners = matchBlocks(network.description.blocks, description.blocks);
  return {
    ...named,
    preset,
    description,
    keys: partners.map((partner) => (partner === null ? newKey() : network.keys[partner]!)),
  };
}

/** The preset's own name goes with nothing but the preset. */
function settled(model: Model, preset: PresetName): { model: Model; edited: boolean } {
  const base = presetByName(preset);
  const plain = model.name === `${base.name}${ending}` ? { ...model, name: base.name } : model;
  if (isPreset(plain, preset)) return { model: base, edited: false };
  return {
    model: plain.name === base.name ? { ...plain, name: `${base.name}${ending}` } : plain,
    edited: true,
  };
}
