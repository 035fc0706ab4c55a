import { decodeModel, encodeModel, readPresetName } from "../../architecture/edit/modelCode.js";
import { type PresetName, presetByName } from "../../architecture/families/presets.js";
import type { Model } from "../../architecture/model/model.js";

/** What of the instrument's state stands in the page's address. */
export interface PermuteAddress {
  readonly preset: PresetName;
  readonly model: Model;
  /** The network that this one is compared with. */
  readonly against: PresetName | null;
  /** The number of the chosen block. */
  readonly chosen: number | null;
}

export const usualPreset: PresetName = "spinenet-49";

const source = "The page's address";
const names = ["model", "blocks", "settings", "against", "block"] as const;

export interface ReadPermuteAddress {
  readonly address: PermuteAddress;
  /** For each value that means nothing, what is wrong with it and what is shown in its place. */
  readonly problems: readonly string[];
}

/** Reads the state from an address's query. */
export function readPermuteAddress(query: string): ReadPermuteAddress {
  const parameters = new URLSearchParams(query);
  const problems: string[] = [];
  const presetNamed = (name: "model" | "against", instead: string): PresetName | null => {
    const text = parameters.get(name);
    const preset = readPresetName(text);
    if (text !== null && preset === null) {
      problems.push(`${source} says ${name}=${text}, but no network is called so. ${instead}`);
    }
    return preset;
  };
  const preset = presetNamed("model", `This is ${presetByName(usualPreset).name}.`) ?? usualPreset;
  const against = presetNamed("against", "Nothing is compared.");
  const blocks = parameters.get("blocks");
  const settings = parameters.get("settings");
  let model = presetByName(preset);
  try {
    model = decodeModel(
      { preset, ...(blocks === null ? {} : { blocks }), ...(settings === null ? {} : { settings }) },
      source,
    );
  } catch (error) {
    problems.push(`${(error as Error).message} This is ${model.name}.`);
  }
  const length = model.backbone.stem.length + model.backbone.blocks.length;
  const text = parameters.get("block");
  const chosen = text !== null && /^\d{1,2}$/.test(text) && Number(text) < length ? Number(text) : null;
  if (text !== null && chosen === null) {
    problems.push(
      `${source} says block=${text}; it should be a number from 0 to ${length - 1}. No block is chosen.`,
    );
  }
  return { address: { preset, model, against, chosen }, problems };
}

/** The query that says a state; other parameters stay as they are. */
export function writePermuteAddress(
  query: string,
  { preset, model, against, chosen }: PermuteAddress,
): string {
  const parameters = new URLSearchParams(query);
  for (const name of names) parameters.delete(name);
  const base = presetByName(preset);
  // An edited preset's name follows from its being edited.
  const code = encodeModel(
    model.name === `${base.name}, edited` ? { ...model, name: base.name } : model,
    preset,
  );
  const untouched = code.blocks === undefined && code.settings === undefined;
  if (!untouched || preset !== usualPreset) parameters.set("model", preset);
  if (code.blocks !== undefined) parameters.set("blocks", code.blocks);
  if (code.settings !== undefined) parameters.set("settings", code.settings);
  if (against !== null) parameters.set("against", against);
  if (chosen !== null) parameters.set("block", String(chosen));
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
