import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../loaders/engine/startEngine.js";
import { modelByName } from "../../src/architecture/families/modelByName.js";
import { graphOf } from "../../src/architecture/layers/layersOf.js";
import { anchorSettingsOf } from "../../src/detection/anchorSettings.js";
import { anchorsOf } from "../../src/detection/anchors.js";
import { headOutputsOf } from "../../src/detection/headOutputs.js";

const model = modelByName("spinenet-49", { size: 128, classes: 2 });
const graph = graphOf(model);
const anchors = anchorsOf(anchorSettingsOf(model, graph), 128, 128);

describe("headOutputsOf", () => {
  beforeAll(async () => {
    await startEngine("wasm");
  });

  it("lays cells out as the anchors are: each row's anchor lies around the cell it came from", () => {
    // Every map holds its cell's centre and level in place of predictions: y, x, stride and which of nine anchors.
    const maps = graph.outputs.map(({ kind, level }) => {
      const [stride, values] = [2 ** level!, kind === "class" ? 2 : 4];
      const side = 128 / stride;
      const numbers = [];
      for (let y = 0; y < side; y++) {
        for (let x = 0; x < side; x++) {
          for (let anchor = 0; anchor < 9; anchor++) {
            numbers.push(...[(y + 0.5) * stride, (x + 0.5) * stride, stride, anchor].slice(0, values));
          }
        }
      }
      return tf.tensor4d(numbers, [1, side, side, 9 * values]);
    });
    const { classLogits, boxCodes } = headOutputsOf(maps, graph.outputs, 2);
    // 16² + 8² + 4² + 2² + 1 = 341 cells of nine anchors.
    expect(classLogits.shape).toEqual([1, 3069, 2]);
    expect(boxCodes.shape).toEqual([1, 3069, 4]);
    expect(anchors).toHaveLength(3069 * 4);
    const [centres, told] = [classLogits.dataSync(), boxCodes.dataSync()];
    for (let row = 0; row < 3069; row++) {
      const [ymin, xmin, ymax, xmax] = anchors.subarray(row * 4, row * 4 + 4);
      const [y, x, stride, which] = told.subarray(row * 4, row * 4 + 4);
      expect((ymin! + ymax!) / 2).toBeCloseTo(y!, 4);
      expect((xmin! + xmax!) / 2).toBeCloseTo(x!, 4);
      expect([...centres.subarray(row * 2, row * 2 + 2)]).toEqual([y, x]);
      // The first anchor of a cell has the ratio ½ and the side of three strides: an area of 9 strides².
      if (which === 0) expect((ymax! - ymin!) * (xmax! - xmin!)).toBeCloseTo(9 * stride! ** 2, -1);
    }
    tf.dispose([...maps, classLogits, boxCodes]);
  });
});

describe("anchorSettingsOf", () => {
  it("takes the head's anchors and its outputs' levels", () => {
    expect(anchorSettingsOf(model, graph)).toEqual({
      size: 3,
      scalesPerOctave: 3,
      aspectRatios: [0.5, 1, 2],
      levels: [3, 4, 5, 6, 7],
    });
  });

  it("refuses a classifier, which finds no boxes", () => {
    const classifier = modelByName("spinenet-49", { size: 128, head: "classifier" });
    expect(() => anchorSettingsOf(classifier, graphOf(classifier))).toThrow(
      "SpineNet-49 has a classifier head, which finds no boxes.",
    );
  });
});
