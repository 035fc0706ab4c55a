import { expect, it } from "vitest";
import { loadLive } from "../../../../loaders/pages/live/loadLive.js";
import { shippedWeights } from "../../../../loaders/pages/live/shippedWeights.js";

it("lists all weights and samples, with stored results for the samples that weights fit", async () => {
  const { weights, samples } = await loadLive();
  expect(weights.map(({ id }) => id).sort()).toEqual(shippedWeights().map(({ id }) => id));
  expect(samples.find(({ id }) => id === "blood-smear")).toMatchObject({ width: 320, height: 240 });
  for (const { classes, stored } of weights) {
    const known = new Set(classes.map((name) => name.toLowerCase()));
    const fitting = samples.filter(({ subjects }) => subjects.some((name) => known.has(name.toLowerCase())));
    expect(Object.keys(stored)).toEqual(fitting.map(({ id }) => id));
    for (const { score, name } of Object.values(stored).flat()) {
      expect(score).toBeGreaterThanOrEqual(0.05);
      expect(classes).toContain(name);
    }
  }
});
