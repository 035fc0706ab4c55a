import { describe, expect, it } from "vitest";
import { modelByName } from "../../../src/architecture/families/modelByName.js";
import { layersOf } from "../../../src/architecture/layers/layersOf.js";
import { told } from "./layersNamed.js";

describe("the classifier", () => {
  it("averages all levels at the finest one's size, pools and ends in one linear layer", () => {
    const own = layersOf(modelByName("spinenet-49", { head: "classifier", size: 256, classes: 7 }));
    expect(own.filter(({ part }) => part.kind === "head").map(told)).toEqual([
      "resizeNearest → 32×32×256",
      "resizeNearest → 32×32×256",
      "resizeNearest → 32×32×256",
      "resizeNearest → 32×32×256",
      "add → 32×32×256",
      "scale → 32×32×256",
      "globalAveragePool → 1×1×256",
      "dense → 7",
    ]);
    const average = own.find(({ op }) => op === "scale");
    expect(average?.attributes).toEqual({ factor: 0.2 });
  });

  it("on a ResNet pools the last block alone", () => {
    const own = layersOf(modelByName("resnet-50-fpn", { head: "classifier", size: 224 }));
    expect(own.filter(({ part }) => part.kind === "head").map(told)).toEqual([
      "globalAveragePool → 1×1×2048",
      "dense → 1000",
    ]);
  });
});
