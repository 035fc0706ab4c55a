import { nearestPreset, withDrawableBlocks } from "../../architecture/edit/modelCode.js";
import type { PresetName } from "../../architecture/families/presets.js";
import type { Model } from "../../architecture/model/model.js";
import { parseModel } from "../../architecture/model/parseModel.js";
import { messageOf } from "../../messages/messageOf.js";
import { shownText } from "../../text/shownText.js";

/**
 * Reads a model JSON of the reader's, and finds the preset it is most similar to.
 *
 * @throws Error naming the file and what is wrong with it
 */
export async function openModelFile(file: File): Promise<{ model: Model; preset: PresetName }> {
  let value: unknown;
  try {
    value = JSON.parse(await file.text());
  } catch (error) {
    throw new Error(`${shownText(file.name)}: this is not JSON (${messageOf(error)}).`);
  }
  const model = withDrawableBlocks(parseModel(value, file.name), file.name);
  return { model, preset: nearestPreset(model) };
}
