import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { custom, is, literal, looseObject, parse } from "valibot";
import type { OperationAttribute } from "../nativeBackend.js";

declare const held: unique symbol;

/** A tensor in TensorFlow's memory, outside tfjs. */
export interface ProgramTensor {
  readonly [held]: "tensor";
}

/** A graph that grows. */
export interface GraphHandle {
  readonly [held]: "graph";
}

/** A graph with its session. */
export interface ProgramHandle {
  readonly [held]: "program";
}

/** What follows of an operation's output from its inputs. */
export interface OutputType {
  readonly dtype: number;
  /** A size is −1 where it depends on values, and the whole is null where even their count does. */
  readonly shape: readonly number[] | null;
}

/** What `program.cc` exports; it documents each function. */
export interface ProgramAddon {
  createTensor(type: number, shape: readonly number[], values: ArrayBufferView): ProgramTensor;
  deleteTensor(tensor: ProgramTensor): void;
  tensorBytes(tensor: ProgramTensor): ArrayBuffer;
  tensorShape(tensor: ProgramTensor): number[];
  createGraph(): GraphHandle;
  addOperation(
    graph: GraphHandle,
    operation: string,
    inputs: readonly number[],
    list: number,
    attributes: readonly OperationAttribute[],
  ): OutputType[];
  addConstant(graph: GraphHandle, tensor: ProgramTensor): OutputType[];
  createProgram(
    graph: GraphHandle,
    feeds: readonly number[],
    fetches: readonly number[],
    threads: number,
  ): ProgramHandle;
  run(program: ProgramHandle, inputs: readonly ProgramTensor[]): Promise<ProgramTensor[]>;
  trace(program: ProgramHandle, inputs: readonly ProgramTensor[]): Promise<ArrayBuffer>;
  version(): string;
}

const callable = <F>() => custom<F>((value) => typeof value === "function");

/** An add-on is there, but of another version of the project. */
export class OutdatedAddonError extends Error {}

/** Also in `program.cc`; goes up with any change of what a function takes or gives. */
const revision = 4;

const revisedSchema = looseObject({ revision: literal(revision) });

const addonSchema = looseObject({
  createTensor: callable<ProgramAddon["createTensor"]>(),
  deleteTensor: callable<ProgramAddon["deleteTensor"]>(),
  tensorBytes: callable<ProgramAddon["tensorBytes"]>(),
  tensorShape: callable<ProgramAddon["tensorShape"]>(),
  createGraph: callable<ProgramAddon["createGraph"]>(),
  addOperation: callable<ProgramAddon["addOperation"]>(),
  addConstant: callable<ProgramAddon["addConstant"]>(),
  createProgram: callable<ProgramAddon["createProgram"]>(),
  run: callable<ProgramAddon["run"]>(),
  trace: callable<ProgramAddon["trace"]>(),
  version: callable<ProgramAddon["version"]>(),
});

/** Where the add-on lies beside tfjs-node's own, whose library it shares. */
export const programAddonFile = join("lib", "napi-v8", "spinenet_program.node");

/**
 * The add-on that runs whole graphs.
 *
 * @param folder tfjs-node's.
 * @returns Undefined where it was not built: a tfjs-node that npm installed has none.
 * @throws OutdatedAddonError if it is of another version of the project; Error if it does not load.
 */
export function loadProgramAddon(folder: string): ProgramAddon | undefined {
  const file = join(folder, programAddonFile);
  if (!existsSync(file)) return undefined;
  const loaded: unknown = createRequire(import.meta.url)(file);
  if (!is(revisedSchema, loaded)) {
    throw new OutdatedAddonError(
      `${file} is not of this version of the project. Compile it again with ` +
        '"npm run --silent spinenet -- engine install native".',
    );
  }
  return parse(addonSchema, loaded);
}
