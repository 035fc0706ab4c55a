import { describe, expect, it } from "vitest";
import { ProgramWork } from "../../../../../loaders/engine/native/program/programWork.js";

/** Operations as pairs of their inputs and their multiply-adds. */
function workOf(operations: readonly (readonly [inputs: readonly number[], multiplyAdds: number])[]) {
  const work = new ProgramWork();
  for (const [inputs, multiplyAdds] of operations) work.add(inputs, multiplyAdds);
  return work;
}

describe("the work of a program", () => {
  it("is that of all its operations", () => {
    expect(
      workOf([
        [[], 3],
        [[0], 4],
        [[0], 5],
      ]).multiplyAdds,
    ).toBe(12);
  });

  it("lets all threads share each operation of a chain", () => {
    const chain = workOf([
      [[], 5e6],
      [[0], 5e6],
      [[1], 5e6],
      [[2], 5e6],
    ]);
    expect(chain.threadsPerOperation(2)).toBe(2);
    expect(chain.threadsPerOperation(8)).toBe(8);
  });

  it("gives a thread to each operation where there are enough of them side by side", () => {
    // A stem, four branches of two operations each, and a sum.
    const branches = [0, 1, 2, 3].flatMap((branch) => [
      [[0], 4e7] as const,
      [[1 + 2 * branch], 4e7] as const,
    ]);
    const wide = workOf([[[], 1e6], ...branches, [[2, 4, 6, 8], 0]]);
    expect(wide.threadsPerOperation(2)).toBe(1);
    // Sixteen threads find four branches.
    expect(wide.threadsPerOperation(16)).toBe(16);
  });

  it("finds sharing worth while where operations are large", () => {
    // Two, one that waits for both, and two that wait for it: three of five parts can only follow each other.
    const shape = (part: number) =>
      workOf([
        [[], part],
        [[], part],
        [[0, 1], part],
        [[2], part],
        [[2], part],
      ]);
    expect(shape(1e6).threadsPerOperation(2)).toBe(1);
    expect(shape(1e9).threadsPerOperation(2)).toBe(2);
  });

  it("has one thread share nothing", () => {
    expect(workOf([[[], 1e9]]).threadsPerOperation(1)).toBe(1);
  });
});
