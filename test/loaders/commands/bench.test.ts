import { CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import { benchCommand } from "../../../loaders/commands/bench.js";

describe("bench", () => {
  const refused: [string[], string][] = [
    [["--rounds", "0"], "It must be a whole number, 1 or more."],
    [["--size", "200"], "It must be a multiple of 128."],
    [["--peer", "pytorch,caffe"], "It takes pytorch, onnxruntime-node, onnxruntime-web, with commas."],
    [["--engine", "cuda"], "It takes native, gpu, webgpu, wasm, with commas."],
    [["kernels", "--against", "stock,cuda"], "It takes stock, mended, native, gpu."],
    [["kernels", "--against", "wasm"], "It takes stock, mended, native, gpu."],
  ];
  for (const [args, reason] of refused) {
    it(`refuses ${args.join(" ")} as bad usage`, async () => {
      const command = benchCommand();
      for (const each of [command, ...command.commands]) {
        each.exitOverride().configureOutput({ writeErr: () => {} });
      }
      const run = command.parseAsync(args, { from: "user" });
      await expect(run).rejects.toThrow(CommanderError);
      await expect(run).rejects.toThrow(reason);
    });
  }
});
