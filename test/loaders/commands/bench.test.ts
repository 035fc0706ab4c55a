import { CommanderError } from "commander";
import { describe, expect, it } from "vitest";
import { benchCommand } from "../../../loaders/commands/bench.js";

describe("bench", () => {
  const refused: [string[], string][] = [
    [["--rounds", "0"], "It takes a whole number, 1 or more."],
    [["--size", "200"], "It takes a multiple of 128."],
    [["--against", "stock,cuda"], "It takes stock, mended, native, gpu."],
    [["--against", "wasm"], "It takes stock, mended, native, gpu."],
  ];
  for (const [args, reason] of refused) {
    it(`refuses ${args.join(" ")} as bad usage`, async () => {
      const command = benchCommand()
        .exitOverride()
        .configureOutput({ writeErr: () => {} });
      const run = command.parseAsync(args, { from: "user" });
      await expect(run).rejects.toThrow(CommanderError);
      await expect(run).rejects.toThrow(reason);
    });
  }
});
