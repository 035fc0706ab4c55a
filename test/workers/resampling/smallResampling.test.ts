import { beforeAll, describe, expect, it } from "vitest";
import type { SmallConnection } from "../../../src/architecture/drawing/smallConnection.js";
import { smallPattern } from "../../../src/workers/resampling/smallPattern.js";
import { resampleSmall } from "../../../src/workers/resampling/smallResampling.js";
import { plainOperations, testedEngines } from "../../loaders/engine/engines.js";
import { skippedFor } from "../../skippedFor.js";

const usual: SmallConnection = {
  direction: "down",
  ratio: 8,
  alpha: 0.5,
  parent: "bottleneck",
  target: "bottleneck",
};

describe("the small pattern", () => {
  it("gives the same edges by direction and as outlines", () => {
    const [parted, whole] = [smallPattern(32, 16), smallPattern(32, 4)];
    for (let cell = 0; cell < 32 * 32; cell++) {
      for (let shape = 0; shape < 4; shape++) {
        const edges = parted.slice(cell * 16 + shape * 4, cell * 16 + shape * 4 + 4);
        expect(whole[cell * 4 + shape]).toBe(Math.max(...edges));
      }
    }
    expect(whole.filter(Boolean).length).toBeGreaterThan(100);
  });
});

for (const { name, skipped, start } of [...(await testedEngines()), plainOperations]) {
  describe(`a small map through a connection on ${name}`, skippedFor(skipped), () => {
    beforeAll(start);

    const shapes = async (connection: SmallConnection) =>
      (await resampleSmall(connection)).map(({ operation, height, width, channels }) => [
        operation,
        [height, width, channels].join("×"),
      ]);

    it("takes the steps of the real one", async () => {
      expect(await shapes(usual)).toEqual([
        ["parent", "32×32×16"],
        ["reduce", "32×32×2"],
        ["down", "16×16×2"],
        ["pool", "8×8×2"],
        ["pool", "4×4×2"],
        ["expand", "4×4×16"],
      ]);
      expect(await shapes({ ...usual, direction: "up", ratio: 4, alpha: 1, target: "residual" })).toEqual([
        ["parent", "8×8×16"],
        ["reduce", "8×8×4"],
        ["repeat", "32×32×4"],
        ["expand", "32×32×4"],
      ]);
      expect(await shapes({ ...usual, direction: "as it is", ratio: 1 })).toEqual([["parent", "32×32×16"]]);
    });

    it("averages, smooths, pools and copies as computed one value after another", async () => {
      const [parent, reduce, down, pool, last, expand] = await resampleSmall(usual);
      const mean = (cell: number, half: number) =>
        parent!.values
          .slice(cell * 16 + half * 8, cell * 16 + half * 8 + 8)
          .reduce((sum, value) => sum + value, 0) / 8;
      reduce!.values.forEach((value, index) => {
        expect(value).toBeCloseTo(mean(index >> 1, index & 1), 5);
      });
      // TensorFlow's "same" at an even size: nothing before, one row and column of zeros after.
      const at = (map: typeof reduce, row: number, column: number, channel: number, outside: number) =>
        row < map!.height && column < map!.width
          ? map!.values[(row * map!.width + column) * map!.channels + channel]!
          : outside;
      const window = (row: number, column: number) =>
        [0, 1, 2].flatMap((dy) =>
          [0, 1, 2].map(
            (dx) => [2 * row + dy, 2 * column + dx, (2 - Math.abs(dy - 1)) * (2 - Math.abs(dx - 1))] as const,
          ),
        );
      down!.values.forEach((value, index) => {
        const [row, column, channel] = [index >> 5, (index >> 1) & 15, index & 1];
        const sum = window(row, column).reduce(
          (sum, [y, x, weight]) => sum + weight * at(reduce, y, x, channel, 0),
          0,
        );
        expect(value).toBeCloseTo(sum / 16, 5);
      });
      pool!.values.forEach((value, index) => {
        const [row, column, channel] = [index >> 4, (index >> 1) & 7, index & 1];
        const seen = window(row, column).map(([y, x]) => at(down, y, x, channel, Number.NEGATIVE_INFINITY));
        expect(value).toBeCloseTo(Math.max(...seen), 5);
      });
      expand!.values.forEach((value, index) => {
        const [cell, channel] = [index >> 4, index & 15];
        expect(value).toBeCloseTo(last!.values[cell * 2 + (channel >> 3)]!, 5);
      });
    });

    it("repeats each cell on the way up", async () => {
      const [, reduce, repeat] = await resampleSmall({ ...usual, direction: "up", ratio: 4 });
      repeat!.values.forEach((value, index) => {
        const [row, column, channel] = [index >> 6, (index >> 1) & 31, index & 1];
        expect(value).toBe(reduce!.values[((row >> 2) * 8 + (column >> 2)) * 2 + channel]);
      });
    });

    it("changes nothing but the width between residual blocks of one size at α 1", async () => {
      const maps = await resampleSmall({
        direction: "same",
        ratio: 1,
        alpha: 1,
        parent: "residual",
        target: "residual",
      });
      expect(maps.at(-1)!.values).toEqual(maps[0]!.values);
    });
  });
}
