import { decodeModel, encodeModel } from "../../architecture/edit/modelCode.js";
import { type PresetName, presetByName, presetNames } from "../../architecture/families/presets.js";
import type { Model } from "../../architecture/model/model.js";
import { messageOf } from "../../messages/messageOf.js";
import { choice, wholeNumber } from "../page/state/parameter.js";
import { type QueryCodec, queryCodec, withoutParameters, withParameters } from "../page/state/query.js";

/** The part of the instrument's state that is in the page's address. */
export interface PermuteState {
  readonly preset: PresetName;
  readonly model: Model;
  /** The network that this one is compared with. */
  readonly against: PresetName | null;
  /** The number of the chosen block. */
  readonly chosen: number | null;
}

const usualPreset: PresetName = "spinenet-49";

const presetNamed = (name: string, instead: string) =>
  choice(name, presetNames, String, `, but no network is called so. ${instead}`);

const networks = queryCodec<Pick<PermuteState, "preset" | "against">>(
  { preset: usualPreset, against: null },
  {
    preset: presetNamed("model", `This is ${presetByName(usualPreset).name}.`),
    against: presetNamed("against", "Nothing is compared."),
  },
);

export const permuteAddress: QueryCodec<PermuteState> = {
  read(query) {
    const named = networks.read(query);
    const edited = readModel(query, named.state.preset);
    const { stem, blocks } = edited.model.backbone;
    const last = stem.length + blocks.length - 1;
    const message = `; it should be a number from 0 to ${last}. No block is chosen.`;
    const block = queryCodec<Pick<PermuteState, "chosen">>(
      { chosen: null },
      { chosen: wholeNumber("block", { from: 0, to: last }, message) },
    ).read(query);
    return {
      state: { ...named.state, model: edited.model, ...block.state },
      problems: [...named.problems, ...edited.problems, ...block.problems],
    };
  },
  write(query, { preset, model, against, chosen }) {
    const base = presetByName(preset);
    // An edited preset's name follows from its being edited.
    const own = model.name === `${base.name}, edited` ? { ...model, name: base.name } : model;
    const { blocks = null, settings = null } = encodeModel(own, preset);
    const isUsual = preset === usualPreset && blocks === null && settings === null;
    const others = withoutParameters(query, ["model", "blocks", "settings", "against", "block"]);
    return withParameters(others, {
      model: isUsual ? null : preset,
      blocks,
      settings,
      against,
      block: chosen === null ? null : String(chosen),
    });
  },
};

function readModel(
  query: string,
  preset: PresetName,
): { readonly model: Model; readonly problems: string[] } {
  const parameters = new URLSearchParams(query);
  const [blocks, settings] = ["blocks", "settings"].map((name) => parameters.get(name) ?? undefined);
  try {
    return { model: decodeModel({ preset, blocks, settings }, "The page's address"), problems: [] };
  } catch (error) {
    const model = presetByName(preset);
    return { model, problems: [`${messageOf(error)} This is ${model.name}.`] };
  }
}
