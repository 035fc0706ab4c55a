import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { assemble, type Routine } from "./assembler/assemble.js";
import { type Instructions, instructions } from "./instructionSet.js";
import { activationRoutines } from "./routines/activation.js";
import { batchNormRoutines } from "./routines/batchNorm.js";
import { convolution } from "./routines/matrixProduct.js";
import { fused, type MultiplyAdd, separate } from "./routines/multiplyAdd.js";
import { outerProduct } from "./routines/outerProduct.js";
import { packFilterRoutines } from "./routines/packFilter.js";
import { windowRoutines } from "./routines/window.js";
import { winogradRoutines } from "./routines/winograd.js";

const multiplyAdds: Readonly<Record<Instructions, MultiplyAdd>> = { "relaxed simd": fused, simd: separate };

type Call = (...values: number[]) => void;

const calls: Readonly<Record<Instructions, WeakMap<BackendWasm, Map<string, Call>>>> = {
  "relaxed simd": new WeakMap(),
  simd: new WeakMap(),
};

/**
 * Our own routine of that name, working in the backend's memory. The first call assembles them all.
 *
 * @throws if the backend hides its memory, as no 4.22 does.
 */
export function simdRoutine(backend: BackendWasm, name: string): Call {
  const set = instructions();
  let known = calls[set].get(backend);
  if (!known) {
    const module = new WebAssembly.Module(assemble(routinesWith(multiplyAdds[set])));
    const { exports } = new WebAssembly.Instance(module, { env: { memory: memoryOf(backend) } });
    known = new Map(Object.entries(exports).filter((entry): entry is [string, Call] => isCall(entry[1])));
    calls[set].set(backend, known);
  }
  const call = known.get(name);
  if (!call) throw new Error(`There is no SIMD routine "${name}".`);
  return call;
}

function routinesWith(multiplyAdd: MultiplyAdd): Routine[] {
  return [
    convolution(multiplyAdd),
    outerProduct(multiplyAdd),
    ...packFilterRoutines,
    ...activationRoutines,
    ...batchNormRoutines,
    ...windowRoutines,
    ...winogradRoutines,
  ];
}

function memoryOf(backend: BackendWasm): WebAssembly.Memory {
  const module: object = backend.wasm;
  const exported: unknown = "asm" in module ? module.asm : undefined;
  if (typeof exported === "object" && exported !== null && "memory" in exported) {
    const { memory } = exported;
    if (memory instanceof WebAssembly.Memory) return memory;
  }
  throw new Error(
    "The wasm backend shows no memory; tfjs-backend-wasm 4.22.0 is the version this project knows.",
  );
}

function isCall(value: unknown): value is Call {
  return typeof value === "function";
}
