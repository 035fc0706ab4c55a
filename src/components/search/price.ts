import { type Description, descriptionOf } from "../../architecture/costs/description.js";
import { modelByName } from "../../architecture/families/modelByName.js";
import type { SearchData } from "../../pageData/search.js";

interface SearchPrice {
  /** How many networks were proposed until SpineNet-49 was found. */
  readonly samples: number;
  /** Of training, over all proxies. */
  readonly epochs: number;
  /** Multiply-adds of SpineNet-49's proxy, per image. */
  readonly multiplyAdds: number;
  /** How many complete trainings of SpineNet-49 take as many multiply-adds as all proxies together. */
  readonly trainings: number;
}

/**
 * What the search for SpineNet-49 cost, if a proxy's endpoints are as wide as its head, which is not published.
 *
 * @throws Error if the data lack one of the numbers it follows from
 */
export function searchPrice(
  { samples, setup, fullTraining }: SearchData,
  spineNet: Description,
): SearchPrice {
  const proposed = samples.find(({ modelId }) => modelId === "spinenet-49");
  if (proposed === undefined) throw new Error("search-samples.csv should have a row of SpineNet-49.");
  const numberOf = (item: string): number => {
    const value = setup.find((row) => row.item === item)?.value ?? null;
    if (value === null) throw new Error(`search-setup.csv should have a number for "${item}".`);
    return value;
  };
  const proxy = descriptionOf(
    modelByName("spinenet-49", {
      size: numberOf("Input"),
      width: numberOf("Widths"),
      alpha: numberOf("Resampling factor α"),
      headFilters: numberOf("Head"),
      endpoints: numberOf("Head"),
    }),
  );
  const epochs = proposed.samples * numberOf("Training");
  return {
    samples: proposed.samples,
    epochs,
    multiplyAdds: proxy.multiplyAdds,
    trainings: (epochs * proxy.multiplyAdds) / (fullTraining.epochs * spineNet.multiplyAdds),
  };
}
