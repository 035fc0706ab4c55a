import { describe, expect, it } from "vitest";
import { modelByName } from "../../src/architecture/families/modelByName.js";
import { layersOf } from "../../src/architecture/layers/layersOf.js";
import { type TensorSpec, tensorsOf } from "../../src/architecture/layers/tensors.js";
import { initialValues } from "../../src/network/initialise.js";

const specs = tensorsOf(
  layersOf(modelByName("spinenet-49", { size: 128, width: 0.125, headFilters: 48, classes: 10 })),
);
const values = initialValues(specs, 1);
const kernels = (test: (spec: TensorSpec) => boolean) =>
  specs.filter((spec) => spec.name.endsWith("/kernel") && test(spec));

function deviationOf(numbers: readonly number[]): number {
  const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
  return Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length);
}

describe("initialValues", () => {
  it("draws a backbone's kernels with the deviation √(1 / inputs), cut at two deviations of the normal", () => {
    const backbone = kernels(({ name }) => !name.startsWith("head/"));
    // In units of √(1 / inputs) each; the cut lies at 2 / 0.8796 = 2.2737 of them.
    const scaled = backbone.flatMap(({ name, fanIn }) =>
      [...values.get(name)!].map((value) => value * Math.sqrt(fanIn)),
    );
    expect(scaled.length).toBeGreaterThan(3e5);
    expect(deviationOf(scaled)).toBeCloseTo(1, 2);
    const largest = scaled.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largest).toBeLessThanOrEqual(2.27371);
    expect(largest).toBeGreaterThan(2.27);
    // A 7×7 over three colours sums 147 inputs: √(1 / 147) = 0.0825.
    expect(deviationOf([...values.get("stem/conv/kernel")!])).toBeCloseTo(0.0825, 2);
  });

  it("draws a head's towers from N(0, 0.01) and its predictors from N(0, 1e-5)", () => {
    const of = (part: RegExp) =>
      kernels(({ name }) => part.test(name)).flatMap(({ name }) => [...values.get(name)!]);
    const towers = of(/^head\/(class|box)\d/);
    expect(deviationOf(towers) / 0.01).toBeCloseTo(1, 2);
    // No cut: of 170 thousand, some lie beyond four deviations.
    expect(towers.some((value) => Math.abs(value) > 0.04)).toBe(true);
    expect(deviationOf(of(/Predict/)) / 1e-5).toBeCloseTo(1, 2);
  });

  it("starts classes at a probability of 0.01, that is a bias of −4.595", () => {
    // log(0.01 / 0.99) = −4.59512
    expect(new Set(values.get("head/classPredict/bias"))).toEqual(new Set([Math.fround(-Math.log(99))]));
    expect(values.get("head/classPredict/bias")![0]).toBeCloseTo(-4.595, 3);
    expect(new Set(values.get("head/boxPredict/bias"))).toEqual(new Set([0]));
  });

  it("starts every batch norm as the identity", () => {
    for (const [part, value] of [
      ["gamma", 1],
      ["beta", 0],
      ["mean", 0],
      ["variance", 1],
    ] as const) {
      const all = specs.filter(({ name }) => name.endsWith(`/${part}`));
      expect(all.length).toBeGreaterThan(100);
      expect(all.every(({ name }) => values.get(name)!.every((each) => each === value))).toBe(true);
    }
  });

  it("gives the same values for a seed, and others for another", () => {
    const [again, other] = [initialValues(specs.slice(0, 3), 1), initialValues(specs.slice(0, 3), 2)];
    const name = "stem/conv/kernel";
    expect(again.get(name)).toEqual(values.get(name));
    expect(other.get(name)).not.toEqual(values.get(name));
  });

  it("draws no two tensors alike, and a tensor alike in whichever network it stands", () => {
    const alone = specs.filter(({ name }) => name === "endpoint3/conv/kernel");
    expect(initialValues(alone, 1).get("endpoint3/conv/kernel")).toEqual(values.get("endpoint3/conv/kernel"));
    const first = kernels(({ fanIn }) => fanIn > 1).map(
      ({ name, fanIn }) => values.get(name)![0]! * Math.sqrt(fanIn),
    );
    expect(new Set(first).size).toBe(first.length);
  });

  it("gives the very numbers it always has", () => {
    // By this code itself: another number here is another start for every run that is made again.
    const [first, second] = values.get("stem/conv/kernel")!;
    expect([first, second]).toEqual([0.0788549855351448, 0.03568623960018158]);
  });
});
