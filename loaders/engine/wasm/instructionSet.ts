import { setFlagsFromString } from "node:v8";
import { assemble, routine } from "./assembler/assemble.js";
import { f32x4 } from "./assembler/instructions.js";

/**
 * What our routines are made of: relaxed SIMD multiplies and adds in one instruction where the processor has it. The
 * two differ by rounding.
 */
export type Instructions = "relaxed simd" | "simd";

let chosen: Instructions | undefined;

/** The better of the sets that this process knows, unless {@link useInstructions} has named one. */
export function instructions(): Instructions {
  chosen ??= knowsRelaxedSimd() ? "relaxed simd" : "simd";
  return chosen;
}

/**
 * Names the set for the routines to come, or leaves it to {@link instructions} again.
 *
 * @internal for the tests, which try both sets
 * @throws Error if this process does not know relaxed SIMD and it is named.
 */
export function useInstructions(set: Instructions | undefined): void {
  if (set === "relaxed simd" && !knowsRelaxedSimd())
    throw new Error("This Node has no relaxed SIMD; Node 22 and newer have it on 64-bit processors.");
  chosen = set;
}

const sample = assemble([
  routine("sample", ["place"] as const, ({ place }) => {
    const value = f32x4.load(place.get);
    return f32x4.store(place.get, f32x4.relaxedMultiplyAdd(value, value, value));
  }),
]);

function knowsRelaxedSimd(): boolean {
  if (WebAssembly.validate(sample)) return true;
  // V8 11.3, which is Node 20's, has it behind a flag; other versions do not mind a flag that they do not know.
  setFlagsFromString("--experimental-wasm-relaxed-simd");
  return WebAssembly.validate(sample);
}
