import { describe, expect, it } from "vitest";
import {
  plainBatchNorm,
  plainConvolution,
  plainEnlargement,
  plainMaxPool,
} from "../../../../loaders/engine/selfTest/referenceOperations.js";

describe("plain operations", () => {
  it("convolve with zeros around, as many before as after", () => {
    // A line [1 2 3] by the taps [1 10 100] of a kernel's middle row: 0·1 + 1·10 + 2·100 = 210,
    // 1·1 + 2·10 + 3·100 = 321, 2·1 + 3·10 + 0·100 = 32.
    const taps = [0, 0, 0, 1, 10, 100, 0, 0, 0];
    expect(plainConvolution([1, 2, 3], [1, 1, 3, 1], taps, 3, 1)).toEqual([210, 321, 32]);
  });

  it("convolve at a stride, where 'same' padding puts an odd zero after", () => {
    // Four places at stride 2 take (2 - 1)·2 + 3 - 4 = 1 zero, two lines (1 - 1)·2 + 3 - 2 = 1: none before.
    // 1·1 + 2·10 + 3·100 = 321, 3·1 + 4·10 + 0·100 = 43.
    const taps = [1, 10, 100, 0, 0, 0, 0, 0, 0];
    expect(plainConvolution([1, 2, 3, 4, 0, 0, 0, 0], [1, 2, 4, 1], taps, 3, 2)).toEqual([321, 43]);
  });

  it("sum over channels, a filter at a time", () => {
    // One pixel (2, 3) by filters (1, 100) and (10, 1000): 2·1 + 3·10 = 32 and 2·100 + 3·1000 = 3200.
    expect(plainConvolution([2, 3], [1, 1, 1, 2], [1, 100, 10, 1000], 1, 1)).toEqual([32, 3200]);
  });

  it("pool the maxima of what lies in each window, zeros around not counted", () => {
    expect(plainMaxPool([-4, -3, -2, -8], [1, 2, 2, 1], 3, 2)).toEqual([-2]);
    expect(plainMaxPool([1, 9, 2, 3, 4], [1, 1, 5, 1], 3, 2)).toEqual([9, 9, 4]);
  });

  it("repeat pixels both ways, channels together", () => {
    expect(plainEnlargement([1, 2, 3, 4], [1, 1, 2, 2], 2)).toEqual([
      1, 2, 1, 2, 3, 4, 3, 4, 1, 2, 1, 2, 3, 4, 3, 4,
    ]);
  });

  it("normalise by the mean and the variance of each channel", () => {
    // Channel one: 1 and 3, mean 2, variance 1; channel two: 0 and 8, mean 4, variance 16.
    expect(plainBatchNorm([1, 0, 3, 8], [1, 2], [0, 10], 0)).toEqual([-1, 8, 1, 12]);
  });
});
