import { describe, expect, it } from "vitest";
import { costsByLayer, costsOf } from "../../../src/architecture/costs/costs.js";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";

const costs = costsByLayer(layersOf(modelByName("spinenet-49")));

describe("costs", () => {
  it("count a convolution's kernel, and its multiply-adds at each output cell", () => {
    // 7 × 7 × 3 × 64 = 9,408; at 320 × 320 cells 963,379,200.
    expect(costs.get("stem/conv")).toEqual({
      parameters: { trainable: 9_408, total: 9_408 },
      multiplyAdds: 963_379_200,
    });
  });

  it("count two learned vectors and two statistics of batch norm, and no multiply-add", () => {
    expect(costs.get("stem/norm")).toEqual({ parameters: { trainable: 128, total: 256 }, multiplyAdds: 0 });
  });

  it("count a shared convolution's kernel once, at the first level, and its work at every level", () => {
    // 3 × 3 × 256 × 256 + 256 = 590,080; 589,824 × 80 × 80 and × 40 × 40.
    expect(costs.get("head/class0/level3")).toEqual({
      parameters: { trainable: 590_080, total: 590_080 },
      multiplyAdds: 3_774_873_600,
    });
    expect(costs.get("head/class0/level4")).toEqual({
      parameters: { trainable: 0, total: 0 },
      multiplyAdds: 943_718_400,
    });
  });

  it("count a depthwise convolution by channel, and a linear layer with its bias", () => {
    const mobile = costsByLayer(layersOf(modelByName("spinenet-mobile-49")));
    // 3 × 3 × 144 = 1,296; at 96 × 96 cells 11,943,936.
    expect(mobile.get("block2/depthwise")).toEqual({
      parameters: { trainable: 1_296, total: 1_296 },
      multiplyAdds: 11_943_936,
    });
    const classifier = costsByLayer(layersOf(modelByName("spinenet-49", { head: "classifier", size: 256 })));
    expect(classifier.get("head/logits")).toEqual({
      parameters: { trainable: 257_000, total: 257_000 },
      multiplyAdds: 256_000,
    });
  });

  it("of an empty list are nothing", () => {
    expect(costsOf([])).toEqual({ parameters: { trainable: 0, total: 0 }, multiplyAdds: 0 });
  });
});
