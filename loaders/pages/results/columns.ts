import { computed, percent, published, text } from "../../../src/pageData/columns.js";
import type { ResultsColumn } from "../../../src/pageData/resultsTable.js";

/** A cost or a time; two of them are compared by their ratio. */
export const ratio = (column: ResultsColumn): ResultsColumn => ({ ...column, comparison: "ratio" });

export const model = text("model", "Model");
export const protocol = text("protocol", "Protocol");
export const source = text("source", "Source");
export const note = text("note", "Note");
export const resolution = published("resolution", "Input", "pixels");
export const epochs = published("epochs", "Epochs");
export const time = (key: string, label: string, decimals?: ResultsColumn["decimals"]) =>
  ratio(published(key, label, "ms", decimals));

type Decimals = readonly [least: number, most: number];
export const multiplyAdds = (decimals: Decimals = [1, 2]) =>
  ratio(published("multiplyAddsB", "Multiply-adds", "billions", decimals));
export const parameters = (decimals: Decimals = [1, 2], key = "parametersM", unit = "millions") =>
  ratio(published(key, "Parameters", unit, decimals));
export const computedMultiplyAdds = (decimals: Decimals = [1, 1]) =>
  computed("computedMultiplyAddsB", "Multiply-adds", "billions", decimals);
export const computedParameters = (
  decimals: Decimals = [1, 1],
  key = "computedParametersM",
  unit = "millions",
) => computed(key, "Parameters", unit, decimals);

/** Besides AP itself. */
export const otherPrecisions = ["AP50", "AP75", "APS", "APM", "APL"].map((key) => percent(key));

export const accuracyColumns = [
  model,
  multiplyAdds([1, 1]),
  computedMultiplyAdds(),
  percent("imagenetTop1", "ImageNet top-1"),
  percent("imagenetTop5", "ImageNet top-5"),
  percent("inaturalistTop1", "iNaturalist top-1"),
  percent("inaturalistTop5", "iNaturalist top-5"),
  parameters([1, 1], "imagenetParametersM", "millions, ImageNet"),
  computedParameters([1, 1], "computedImagenetParametersM", "millions, ImageNet"),
  parameters([1, 1], "inaturalistParametersM", "millions, iNaturalist"),
  computedParameters([1, 1], "computedInaturalistParametersM", "millions, iNaturalist"),
];
