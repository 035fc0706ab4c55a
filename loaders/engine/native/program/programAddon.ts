import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { custom, looseObject, parse } from "valibot";

declare const held: unique symbol;

/** A tensor in TensorFlow's memory, outside tfjs. */
export interface ProgramTensor {
  readonly [held]: "tensor";
}

/** A graph with its session. */
export interface ProgramHandle {
  readonly [held]: "program";
}

/** What `program.cc` exports; it documents each function. */
export interface ProgramAddon {
  createTensor(type: number, shape: readonly number[], values: ArrayBufferView): ProgramTensor;
  deleteTensor(tensor: ProgramTensor): void;
  tensorBytes(tensor: ProgramTensor): ArrayBuffer;
  tensorShape(tensor: ProgramTensor): number[];
  createProgram(
    graph: Uint8Array,
    feeds: readonly string[],
    fetches: readonly string[],
    config: Uint8Array,
  ): ProgramHandle;
  run(program: ProgramHandle, inputs: readonly ProgramTensor[]): Promise<ProgramTensor[]>;
  version(): string;
}

const callable = <F>() => custom<F>((value) => typeof value === "function");

const Addon = looseObject({
  createTensor: callable<ProgramAddon["createTensor"]>(),
  deleteTensor: callable<ProgramAddon["deleteTensor"]>(),
  tensorBytes: callable<ProgramAddon["tensorBytes"]>(),
  tensorShape: callable<ProgramAddon["tensorShape"]>(),
  createProgram: callable<ProgramAddon["createProgram"]>(),
  run: callable<ProgramAddon["run"]>(),
  version: callable<ProgramAddon["version"]>(),
});

/** Where the add-on lies beside tfjs-node's own, whose library it shares. */
export const programAddonFile = join("lib", "napi-v8", "spinenet_program.node");

/**
 * The add-on that runs whole graphs.
 *
 * @param folder tfjs-node's.
 * @returns Undefined where it was not built: a tfjs-node that npm installed has none.
 * @throws Error if it is there and does not load.
 */
export function loadProgramAddon(folder: string): ProgramAddon | undefined {
  const file = join(folder, programAddonFile);
  if (!existsSync(file)) return undefined;
  return parse(Addon, createRequire(import.meta.url)(file));
}
