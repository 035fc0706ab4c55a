import { describe, expect, it } from "vitest";
import { startEngine } from "../../../../loaders/engine/startEngine.js";
import {
  type Computer,
  precisionRefusal,
  requirePrecision,
} from "../../../../loaders/engine/steps/requirePrecision.js";

const computer: Computer = {
  engine: "native",
  programs: true,
  architecture: "x64",
  flags: new Set(["avx2", "avx512_bf16"]),
};

describe("a precision", () => {
  it("that is float32 is never refused", () => {
    const bare = { engine: "wasm", programs: false, architecture: "riscv64", flags: new Set<string>() };
    expect(precisionRefusal("float32", bare)).toBeUndefined();
  });

  it("that is bfloat16 is taken where programs run on a processor with its instructions", () => {
    expect(precisionRefusal("bfloat16", computer)).toBeUndefined();
    expect(precisionRefusal("bfloat16", { ...computer, flags: new Set(["amx_bf16"]) })).toBeUndefined();
    const arm = { ...computer, architecture: "arm64", flags: new Set(["asimd", "bf16"]) };
    expect(precisionRefusal("bfloat16", arm)).toBeUndefined();
  });

  it("that is bfloat16 is refused on another engine, or without the add-on, with what to do", () => {
    expect(precisionRefusal("bfloat16", { ...computer, engine: "wasm", programs: false })).toBe(
      "bfloat16 needs the native engine with this project's add-on, and this is wasm without it. " +
        'Make it with "npm run --silent spinenet -- engine install native"; --precision float32 runs everywhere.',
    );
    expect(precisionRefusal("bfloat16", { ...computer, programs: false })).toMatch(/this is native without/);
    expect(precisionRefusal("bfloat16", { ...computer, engine: "gpu" })).toMatch(/this is gpu\. /);
  });

  it("that is bfloat16 is refused where the processor does not say that it multiplies it", () => {
    expect(precisionRefusal("bfloat16", { ...computer, flags: new Set(["avx2", "bf16"]) })).toBe(
      "bfloat16 needs a processor that multiplies it (avx512_bf16 or amx_bf16 in /proc/cpuinfo), and this one does not " +
        "say so. --precision float32 runs everywhere.",
    );
    expect(precisionRefusal("bfloat16", { ...computer, architecture: "s390x" })).toMatch(/\(x64 or arm64\)/);
  });

  it("is required of the engine that runs", async () => {
    const wasm = await startEngine("wasm");
    expect(() => requirePrecision("float32", wasm)).not.toThrow();
    expect(() => requirePrecision("bfloat16", wasm)).toThrow(/this is wasm without it/);
  });
});
