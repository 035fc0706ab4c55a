import { describe, expect, it } from "vitest";
import { Matcher } from "../../../src/coco/matching/matcher.js";
import { ignoredBits } from "../../../src/coco/matching/outcome.js";
import type { AreaRange } from "../../../src/coco/parameters.js";
import { type GroundTruthRow, groundTruthOf } from "../tables.js";

const everySize = { name: "all", min: 0, max: 1e10 };

interface Options {
  readonly areaRanges?: readonly AreaRange[];
  readonly iouThresholds?: readonly number[];
  readonly respectIgnore?: boolean;
  /** One a detection. */
  readonly areas?: readonly number[];
}

/** Bits of the outcomes `[areaRanges][words of detections]`, read from the right: threshold 0 is the last bit. */
function match(
  groundTruths: readonly GroundTruthRow[],
  ious: readonly number[],
  { areaRanges = [everySize], iouThresholds = [0.5], respectIgnore = false, areas = [] }: Options = {},
) {
  const count = groundTruths.length === 0 ? areas.length : ious.length / groundTruths.length;
  const words = Math.ceil(iouThresholds.length / 16);
  const rows = Int32Array.from(groundTruths.keys());
  const positives = new Int32Array(areaRanges.length);
  const outcomes = areaRanges.map(() => new Int32Array(count * words).fill(-1));
  const matcher = new Matcher(groundTruthOf(groundTruths), { areaRanges, iouThresholds, respectIgnore });
  matcher.open(rows, positives);
  for (let d = 0; d < count; d++) {
    matcher.match(rows, Float64Array.from(ious), d, areas[d] ?? 100, outcomes, d * words);
  }
  const bits = (read: (outcome: number) => number) =>
    outcomes.map((ofRange) => Array.from(ofRange, (outcome) => read(outcome)));
  return {
    matched: bits((outcome) => outcome & 0xffff),
    ignored: bits(ignoredBits),
    positives: Array.from(positives),
  };
}

describe("Matcher", () => {
  it("gives a ground truth away once", () => {
    expect(match([{}], [0.6, 0.9])).toEqual({ matched: [[1, 0]], ignored: [[0, 0]], positives: [1] });
  });

  it("needs an overlap of at least the threshold, each threshold by itself", () => {
    // At 0.5 the first takes the object; at 0.75 it fails and the second takes it.
    expect(match([{}], [0.5, 0.75], { iouThresholds: [0.5, 0.75] }).matched).toEqual([[0b01, 0b10]]);
  });

  it("reads thresholds in any order, and more than a word holds", () => {
    // 0.9 down to 0.5 in steps of 0.02 are 21: an overlap of 0.55 reaches those below, 0.54, 0.52 and 0.5, the bits
    // 18, 19 and 20 and so the second word's 2, 3 and 4.
    const iouThresholds = Array.from({ length: 21 }, (_, t) => (90 - 2 * t) / 100);
    expect(match([{}], [0.55], { iouThresholds }).matched).toEqual([[0, 0b11100]]);
    expect(match([{ crowd: 1 }], [0.91], { iouThresholds }).ignored).toEqual([[0xffff, 0b11111]]);
  });

  it("takes a full overlap at a threshold of 1", () => {
    expect(match([{}], [1 - 1e-12], { iouThresholds: [1] }).matched).toEqual([[1]]);
  });

  it("takes the object of largest overlap, and leaves the other to the next detection", () => {
    // Both overlap both objects; at 0.8 nothing is left for the second, whose 0.9 is with the one that is taken.
    expect(match([{}, {}], [0.7, 0.9, 0.6, 0.9], { iouThresholds: [0.5, 0.8] }).matched).toEqual([
      [0b11, 0b01],
    ]);
  });

  it("takes the later of two objects that overlap alike", () => {
    // Had the first detection taken the first object, nothing would be left for the second.
    expect(match([{}, {}], [0.6, 0.6, 0.7, 0]).matched).toEqual([[1, 1]]);
    expect(match([{}, {}], [0.6, 0.6, 0, 0.7]).matched).toEqual([[1, 0]]);
  });

  it("prefers an object that counts to an ignored one of larger overlap", () => {
    expect(match([{ crowd: 1 }, {}], [0.9, 0.6])).toEqual({ matched: [[1]], ignored: [[0]], positives: [1] });
  });

  it("goes to the ignored one at the thresholds that the object that counts does not reach", () => {
    const { matched, ignored } = match([{ crowd: 1 }, {}], [0.9, 0.6], { iouThresholds: [0.5, 0.75, 0.95] });
    expect({ matched, ignored }).toEqual({ matched: [[0b011]], ignored: [[0b010]] });
  });

  it("matches a crowd as often as need be and ignores those detections", () => {
    expect(match([{ crowd: 1 }], [0.9, 0.8, 0.7])).toEqual({
      matched: [[1, 1, 1]],
      ignored: [[1, 1, 1]],
      positives: [0],
    });
  });

  it("reads a match with the id 0 as none, though it is taken", () => {
    expect(match([{ id: 0 }], [0.9, 0.9])).toEqual({ matched: [[0, 0]], ignored: [[0, 0]], positives: [1] });
    // A crowd with the id 0 still excuses its finders.
    expect(match([{ id: 0, crowd: 1 }], [0.9]).ignored).toEqual([[1]]);
  });

  it("tells ids above 2^32 from 0", () => {
    expect(match([{ id: 2 ** 32 }], [0.9]).matched).toEqual([[1]]);
  });

  it("ignores an object outside the area range, and a detection outside it that finds nothing", () => {
    const areaRanges = [everySize, { name: "medium", min: 1024, max: 9216 }];
    expect(match([{ area: 100 }], [0.9, 0.1, 0.1], { areaRanges, areas: [100, 100, 1024] })).toEqual({
      matched: [
        [1, 0, 0],
        [1, 0, 0],
      ],
      ignored: [
        [0, 0, 0],
        [1, 1, 0],
      ],
      positives: [1, 0],
    });
  });

  it("counts an object whose area is exactly an end of the range, at both ends", () => {
    const ends = [{ area: 1024 }, { area: 9216 }, { area: 1023.99 }, { area: 9216.01 }];
    expect(match(ends, [], { areaRanges: [{ name: "medium", min: 1024, max: 9216 }] }).positives).toEqual([
      2,
    ]);
  });

  it("takes an ignored object out of the count only when told to respect the mark", () => {
    const marked = [{ ignore: 1 as const }];
    expect(match(marked, [0.9, 0.9])).toEqual({ matched: [[1, 0]], ignored: [[0, 0]], positives: [1] });
    // Not a crowd: it excuses one detection, and the second is wrong.
    expect(match(marked, [0.9, 0.9], { respectIgnore: true })).toEqual({
      matched: [[1, 0]],
      ignored: [[1, 0]],
      positives: [0],
    });
  });

  it("leaves every detection unmatched where there is nothing to match", () => {
    expect(match([], [], { areas: [100] })).toEqual({ matched: [[0]], ignored: [[0]], positives: [0] });
  });
});
