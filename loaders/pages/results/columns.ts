import type { ResultsColumn } from "../../../src/pageData/resultsTable.js";
export const text = (key: string, label: string): ResultsColumn => ({ key, label, origin: "text" });
export const percent = (key: string, label = key): ResultsColumn => ({
  key,
  label,
  unit: "percent",
  origin: "published",
  decimals: [1, 1],
  comparison: "difference",
});
export const count = (key: string, label: string, unit?: string): ResultsColumn => ({
  key,
  label,
  unit,
  origin: "published",
});

export const model = text("model", "Model");
export const protocol = text("protocol", "Protocol");
export const source = text("source", "Source");
export const note = text("note", "Note");
export const resolution = count("resolution", "Input", "pixels");
export const epochs = count("epochs", "Epochs");
export const time = (key: string, label: string): ResultsColumn => ({
  ...count(key, label, "ms"),
  comparison: "ratio",
});
export const multiplyAdds = {
  ...count("multiplyAddsB", "Multiply-adds", "billions"),
  decimals: [1, 2],
  comparison: "ratio",
} as const;
export const parameters = {
  ...count("parametersM", "Parameters", "millions"),
  decimals: [1, 2],
  comparison: "ratio",
} as const;
export const computedMultiplyAdds = {
  ...multiplyAdds,
  key: "computedMultiplyAddsB",
  origin: "computed",
  comparison: undefined,
  decimals: [1, 1],
} as const;
export const computedParameters = {
  ...parameters,
  key: "computedParametersM",
  origin: "computed",
  comparison: undefined,
  decimals: [1, 1],
} as const;
/** Beside AP itself. */
export const otherPrecisions = ["AP50", "AP75", "APS", "APM", "APL"].map((key) => percent(key));

export const accuracyColumns = [
  model,
  { ...multiplyAdds, decimals: [1, 1] },
  { ...computedMultiplyAdds, decimals: [1, 1] },
  percent("imagenetTop1", "ImageNet top-1"),
  percent("imagenetTop5", "ImageNet top-5"),
  percent("inaturalistTop1", "iNaturalist top-1"),
  percent("inaturalistTop5", "iNaturalist top-5"),
  { ...parameters, key: "imagenetParametersM", unit: "millions, ImageNet", decimals: [1, 1] },
  {
    ...computedParameters,
    key: "computedImagenetParametersM",
    unit: "millions, ImageNet",
  },
  { ...parameters, key: "inaturalistParametersM", unit: "millions, iNaturalist", decimals: [1, 1] },
  {
    ...computedParameters,
    key: "computedInaturalistParametersM",
    unit: "millions, iNaturalist",
  },
] as const satisfies readonly ResultsColumn[];
