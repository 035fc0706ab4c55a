import { CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import { benchCommand } from "../../../loaders/commands/bench.js";

describe("bench", () => {
  const refused: [string[], string][] = [
    [["--rounds", "0"], "It must be a whole number from 1 to 9007199254740991."],
    [["--size", "200"], "It must be a multiple of 128."],
    [
      ["--peer", "pytorch,caffe"],
      "It must be a comma-separated list of pytorch, onnxruntime-node, onnxruntime-web.",
    ],
    [["--engine", "cuda"], "It must be a comma-separated list of native, gpu, webgpu, wasm."],
    [
      ["kernels", "--against", "stock,cuda"],
      "It must be a comma-separated list of stock, patched, native, gpu.",
    ],
    [["kernels", "--against", "wasm"], "It must be a comma-separated list of stock, patched, native, gpu."],
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
