import { describe, expect, it } from "vitest";
import { benchmarkNetwork } from "../../../loaders/benchmark/networks.js";
import { graphOf } from "../../../src/architecture/layers/layersOf.js";

describe("the networks that are timed", () => {
  it("are small enough for a CPU and have five levels of outputs", () => {
    for (const name of ["retinanet", "spinenet"] as const) {
      const { outputs } = graphOf(benchmarkNetwork(name, 256));
      expect(outputs).toHaveLength(10);
    }
  });
});
