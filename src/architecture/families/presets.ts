import type { Model } from "../model/model.js";
import { type Damage, damaged } from "./graphDamage.js";
import { isModelName, type ModelName, modelByName, modelNames } from "./modelByName.js";

const damages = {
  "r0-sp53-no-short": "short-range",
  "r0-sp53-no-long": "long-range",
  "r0-sp53-sequential": "sequential",
} as const satisfies Record<string, Damage>;

export type DamagedName = keyof typeof damages;

/** Every network that can be started from: the published ones, and R0-SP53 with its graph damaged (paper, Table 8). */
export type PresetName = ModelName | DamagedName;

const damagedNames = ["r0-sp53-no-short", "r0-sp53-no-long", "r0-sp53-sequential"] as const;

export const presetNames: readonly PresetName[] = [...modelNames, ...damagedNames];

export function isPresetName(name: string): name is PresetName {
  return isModelName(name) || Object.hasOwn(damages, name);
}

/** A network by its preset's name. */
export function presetByName(name: PresetName): Model {
  return isModelName(name) ? modelByName(name) : damaged(modelByName("r0-sp53"), damages[name]);
}
