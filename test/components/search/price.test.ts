import { describe, expect, it } from "vitest";
import { loadSearch } from "../../../loaders/pages/search/loadSearch.js";
import { pageNetworks } from "../../../src/components/search/pageNetworks.js";
import { searchPrice } from "../../../src/components/search/price.js";

const search = await loadSearch();
const [{ description }] = pageNetworks();

describe("searchPrice(data, spineNet)", () => {
  it("follows from how many networks were proposed, and how each was trained", () => {
    const { samples, epochs, multiplyAdds, trainings } = searchPrice(search, description);
    expect(epochs).toBe(samples * 5);
    expect(trainings).toBeCloseTo(
      (epochs * multiplyAdds) / (search.fullTraining.epochs * description.multiplyAdds),
    );
  });

  it("names the number that is missing", () => {
    const setup = search.setup.filter(({ item }) => item !== "Widths");
    expect(() => searchPrice({ ...search, setup }, description)).toThrow(
      'search-setup.csv should have a number for "Widths".',
    );
    expect(() => searchPrice({ ...search, samples: [] }, description)).toThrow("a row of SpineNet-49");
  });
});
