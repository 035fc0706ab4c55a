import { describe, expect, it } from "vitest";
import { DivergenceWatch } from "../../../loaders/training/divergence.js";

const result = { classLoss: 0, boxLoss: 0, learningRate: 0.1, gradientNorm: 1 };

/** What the watch says of each loss in turn. */
function seen(losses: readonly number[], watch = new DivergenceWatch()): (string | undefined)[] {
  return losses.map((loss) => watch.see({ ...result, loss }));
}

describe("a watch for divergence", () => {
  it.each([Number.NaN, Number.POSITIVE_INFINITY])("is told at once by a loss of %s", (loss) => {
    expect(seen([2, loss])).toEqual([undefined, `The loss is ${loss}`]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])("is told at once by a gradient as long as %s", (length) => {
    expect(new DivergenceWatch().see({ ...result, loss: 2, gradientNorm: length })).toBe(
      `The gradient's norm is ${length}`,
    );
  });

  it("is told by the median of five losses being over a hundred times the median before", () => {
    // Before: 2, 3, 4, of median 3. Recent at the third 301: 3, 4, 301, 301, 301, whose median is the first over 300.
    const losses = [2, 3, 4, 3, 4, 301, 301, 301];
    const said = seen(losses);
    expect(said.slice(0, -1)).toEqual(Array(7).fill(undefined));
    expect(said.at(-1)).toBe("The loss exploded, from 3.00 to 301 (medians)");
    expect(seen(losses.map((loss) => Math.min(loss, 300)))).toEqual(Array(8).fill(undefined));
  });

  it("is told where the second loss is the first to explode", () => {
    // Before: the first loss alone.
    expect(seen([2, 500, 600, 700, 800, 900]).at(-1)).toBe("The loss exploded, from 2.00 to 700 (medians)");
  });

  it("is not told by two bad batches, however bad, nor by a loss that falls", () => {
    expect(seen([2, 3, 2, 3, 1e9, 1e9, 2, 3, 2])).toEqual(Array(9).fill(undefined));
    expect(seen(Array.from({ length: 300 }, (_, step) => 1000 * 0.9 ** step))).toEqual(
      Array(300).fill(undefined),
    );
  });

  it("compares with a hundred losses, not with all", () => {
    const watch = new DivergenceWatch();
    // Of all 300 the median is 0.001 · 1.03⁵⁰ = 0.0044; of the last hundred, 0.001 · 1.03¹⁵⁰ = 0.084.
    seen(Array(100).fill(0.001), watch);
    const slow = Array.from({ length: 200 }, (_, step) => 0.001 * 1.03 ** step);
    expect(seen(slow, watch)).toEqual(Array(200).fill(undefined));
    expect(watch.kept).toHaveLength(105);
    expect(seen(Array(5).fill(1), watch)).toEqual(Array(5).fill(undefined));
  });

  it("doubts weights that lead to a loss ten times the median, and trusts them again after", () => {
    const watch = new DivergenceWatch();
    const sound = [2, 2, 20, 21, 2].map((loss) => {
      watch.see({ ...result, loss });
      return watch.sound;
    });
    expect(sound).toEqual([true, true, true, false, true]);
  });

  it("goes on where it was cut off", () => {
    const losses = [2, 3, 4, 3, 4, 301, 301, 301];
    const first = new DivergenceWatch();
    seen(losses.slice(0, 5), first);
    expect(seen(losses.slice(5), new DivergenceWatch(first.kept)).at(-1)).toBe(
      "The loss exploded, from 3.00 to 301 (medians)",
    );
  });
});
