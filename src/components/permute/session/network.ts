import { type Description, descriptionOf } from "../../../architecture/costs/description.js";
import type { Edited } from "../../../architecture/edit/draft.js";
import { isPreset } from "../../../architecture/edit/modelCode.js";
import { type PresetName, presetByName } from "../../../architecture/families/presets.js";
import { matchBlocks } from "../../../architecture/graph/blockMatching.js";
import type { Model } from "../../../architecture/model/model.js";

/** A network in the editor: the model, the preset it was made from, and a key per block that survives edits. */
export interface PermutedNetwork {
  readonly model: Model;
  /** The preset it was made from. */
  readonly preset: PresetName;
  /** True if it is not that preset itself. */
  readonly edited: boolean;
  readonly description: Description;
  /** One key per block, which stays the same when the block's number changes. */
  readonly keys: readonly string[];
}

let nextKey = 0;

function newKey(): string {
  return `b${nextKey++}`;
}

const ending = ", edited";

/** The first network. If it differs from its preset but has the preset's name, it is named as edited. */
export function networkOf(model: Model, preset: PresetName): PermutedNetwork {
  const renamed = named(model, preset);
  const description = descriptionOf(renamed.model);
  return { ...renamed, preset, description, keys: description.blocks.map(newKey) };
}

/** A network after an edit; blocks keep their keys. */
export function afterEdit(network: PermutedNetwork, { model, origins }: Edited): PermutedNetwork {
  const renamed = named(model, network.preset);
  return {
    ...renamed,
    preset: network.preset,
    description: descriptionOf(renamed.model),
    keys: origins.map((origin) => (origin === null ? newKey() : network.keys[origin]!)),
  };
}

/** Another network in place of one: each block takes the key of the block it is matched with. */
export function inPlaceOf(network: PermutedNetwork, model: Model, preset: PresetName): PermutedNetwork {
  const renamed = named(model, preset);
  const description = descriptionOf(renamed.model);
  const partners = matchBlocks(network.description.blocks, description.blocks);
  return {
    ...renamed,
    preset,
    description,
    keys: partners.map((partner) => (partner === null ? newKey() : network.keys[partner]!)),
  };
}

/** Only the unedited preset has the preset's name. */
function named(model: Model, preset: PresetName): { model: Model; edited: boolean } {
  const base = presetByName(preset);
  const plain = model.name === `${base.name}${ending}` ? { ...model, name: base.name } : model;
  if (isPreset(plain, preset)) return { model: base, edited: false };
  return {
    model: plain.name === base.name ? { ...plain, name: `${base.name}${ending}` } : plain,
    edited: true,
  };
}
