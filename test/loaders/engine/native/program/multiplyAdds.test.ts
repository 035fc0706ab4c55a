import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { benchmarkNetwork, benchmarkNetworkNames } from "../../../../../loaders/benchmark/networks.js";
import { isNativeBackend } from "../../../../../loaders/engine/native/nativeBackend.js";
import { multiplyAddsOf } from "../../../../../loaders/engine/native/program/multiplyAdds.js";
import { Program } from "../../../../../loaders/engine/native/program/program.js";
import { programLibraryOf } from "../../../../../loaders/engine/native/program/programLibrary.js";
import { costsOf } from "../../../../../src/architecture/costs/costs.js";
import { graphOf } from "../../../../../src/architecture/layers/layersOf.js";
import { tensorsOf } from "../../../../../src/architecture/layers/tensors.js";
import { initialValues } from "../../../../../src/network/initialise.js";
import { Network } from "../../../../../src/network/network.js";
import { skippedFor } from "../../../../skippedFor.js";
import { testedEngines } from "../../engines.js";

describe("the multiply-adds of an operation", () => {
  // 2 images of 5 × 7 with 3 channels, filters of 3 × 3, stride 2: 3 × 4 places.
  const [x, sizes, y] = [[2, 5, 7, 3], [4], [2, 3, 4, 8]];

  it("are as many for a convolution as for its gradients", () => {
    const filter = [3, 3, 3, 8];
    const counted = 2 * 3 * 4 * 8 * 3 * 3 * 3;
    expect(multiplyAddsOf("Conv2D", [x, filter], [y])).toBe(counted);
    expect(multiplyAddsOf("Conv2DBackpropInput", [sizes, filter, y], [x])).toBe(counted);
    expect(multiplyAddsOf("Conv2DBackpropFilter", [x, sizes, y], [filter])).toBe(counted);
  });

  it("count one channel in a depthwise convolution and its gradients", () => {
    const [filter, spread] = [
      [3, 3, 3, 2],
      [2, 3, 4, 6],
    ];
    const counted = 2 * 3 * 4 * 6 * 3 * 3;
    expect(multiplyAddsOf("DepthwiseConv2dNative", [x, filter], [spread])).toBe(counted);
    expect(multiplyAddsOf("DepthwiseConv2dNativeBackpropInput", [sizes, filter, spread], [x])).toBe(counted);
    expect(multiplyAddsOf("DepthwiseConv2dNativeBackpropFilter", [x, sizes, spread], [filter])).toBe(counted);
  });

  it("are those of the definition for a product of matrices, alone and in a batch, with a factor for all of it", () => {
    expect(
      multiplyAddsOf(
        "MatMul",
        [
          [2, 3],
          [3, 5],
        ],
        [[2, 5]],
      ),
    ).toBeCloseTo(2 * 3 * 5, 9);
    expect(
      multiplyAddsOf(
        "BatchMatMulV2",
        [
          [7, 2, 3],
          [1, 3, 5],
        ],
        [[7, 2, 5]],
      ),
    ).toBeCloseTo(7 * 2 * 3 * 5, 9);
  });

  it("are none of what only moves or adds values", () => {
    expect(multiplyAddsOf("Add", [x, x], [x])).toBe(0);
  });
});

const native = (await testedEngines()).find(({ name }) => name === "native")!;
await native.start().catch(() => {});
const [library, backend] = [programLibraryOf(tf.backend()), tf.backend()];
const missing = library ? "" : native.skipped || "the add-on for programs is not built";

describe(`a network's program`, skippedFor(missing), () => {
  const recorded = (name: (typeof benchmarkNetworkNames)[number]) => {
    const model = benchmarkNetwork(name, 256);
    const graph = graphOf(model);
    const network = Network.of(model, initialValues(tensorsOf(graph.layers), 1));
    const images = { shape: [1, 256, 256, 3], values: new Float32Array(256 * 256 * 3) };
    if (!library || !isNativeBackend(backend)) throw new Error("This needs the native engine.");
    const program = Program.record(library, backend, [images], ([fed]) =>
      network.predict(fed as tf.Tensor4D),
    );
    return { graph, program };
  };

  for (const name of benchmarkNetworkNames) {
    it(`takes the multiply-adds that the layers of ${name} add up to`, () => {
      const { graph, program } = recorded(name);
      expect(program.work.multiplyAdds).toBe(costsOf(graph.layers).multiplyAdds);
    });
  }

  it("gives SpineNet's operations a thread each, and shares those of ResNet's chain", () => {
    expect(recorded("spinenet").program.work.threadsPerOperation(2)).toBe(1);
    expect(recorded("retinanet").program.work.threadsPerOperation(2)).toBe(2);
  });
});
