import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type BenchmarkOptions, runBenchmark } from "../../../loaders/benchmark/run.js";
import { findOptionalPackage } from "../../../loaders/engine/engineHome.js";
import { skippedFor } from "../../skippedFor.js";

const options: BenchmarkOptions = {
  task: "inference",
  network: "spinenet",
  contenders: ["wasm"],
  rounds: 2,
  batch: 1,
  size: 128,
  threads: 1,
  processes: 1,
  python: "python3",
};

describe("a benchmark", () => {
  it("times each contender once a round, in turns, after each has shown what it computes", async () => {
    const order: string[] = [];
    const benchmark = await runBenchmark({
      ...options,
      contenders: ["wasm", "wasm"],
      onTurn: (name) => order.push(name),
    });
    expect(order).toEqual(["wasm", "wasm", "wasm", "wasm"]);
    expect(benchmark.title).toBe("inference, narrow SpineNet-49, 1 image of 128 pixels");
    const [first, second] = benchmark.contenders;
    expect(first!.ratio).toEqual({ median: 1, least: 1, most: 1, quartiles: [1, 1] });
    expect(second!.ratio.least).toBeCloseTo(
      Math.min(...second!.seconds.map((value, round) => value / first!.seconds[round]!)),
      9,
    );
    expect([first!.difference, second!.difference]).toEqual([0, 0]);
    expect(first!.peakBytes).toBeGreaterThan(2 ** 20);
    expect(first!.versions.tfjs).toBe("4.22.0");
  }, 120_000);

  it("times tfjs's own wasm kernels beside ours", async () => {
    const contenders = ["wasm", "patched", "stock"] as const;
    const benchmark = await runBenchmark({
      ...options,
      task: "training",
      network: "retinanet",
      contenders,
      rounds: 1,
    });
    expect(benchmark.contenders.map(({ name }) => name)).toEqual(contenders);
    const [wasm, patched] = benchmark.contenders;
    expect(patched!.ratio.median).toBeCloseTo(patched!.seconds[0]! / wasm!.seconds[0]!, 9);
  }, 120_000);

  it("takes training steps too, several processes side by side", async () => {
    const { contenders } = await runBenchmark({ ...options, task: "training", processes: 2, rounds: 1 });
    expect(contenders[0]!.imagesPerSecond).toBeCloseTo(2 / contenders[0]!.seconds[0]!, 9);
  }, 120_000);

  it("says in the contender's own words why it does not start, and leaves nothing behind", async () => {
    await expect(
      runBenchmark({ ...options, contenders: ["pytorch"], python: join(tmpdir(), "no-python-here") }),
    ).rejects.toThrow(/pytorch stopped before it answered\. Its own words:\n.*no-python-here/);
  });

  const missing = findOptionalPackage("onnxruntime-web", "peers") ? "" : "onnxruntime-web is not installed";
  describe(`beside onnxruntime`, skippedFor(missing), () => {
    for (const network of ["spinenet", "retinanet"] as const) {
      it(`computes what the network's ONNX file computes: ${network}`, async () => {
        const contenders = ["wasm", "onnxruntime-web"] as const;
        const benchmark = await runBenchmark({ ...options, network, contenders, rounds: 1 });
        expect(benchmark.contenders[1]!.difference).toBeLessThan(1e-5);
      }, 120_000);
    }
  });

  describe("in a folder for temporary files of its own", () => {
    let folder = "";
    const before = process.env.TMPDIR;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "bench-test-"));
      process.env.TMPDIR = folder;
    });
    afterEach(() => {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      rmSync(folder, { recursive: true });
    });

    it("removes its files when it fails", async () => {
      await expect(
        runBenchmark({ ...options, contenders: ["pytorch"], python: join(folder, "none") }),
      ).rejects.toThrow();
      expect(existsSync(folder)).toBe(true);
      const { readdirSync } = await import("node:fs");
      expect(readdirSync(folder).filter((name) => name.startsWith("spinenet-bench-"))).toEqual([]);
    });
  });
});
