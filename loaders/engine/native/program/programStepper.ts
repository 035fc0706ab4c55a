import type * as tf from "@tensorflow/tfjs-core";
import type { TensorValues } from "../../../../src/network/tensorValues.js";
import type { Precision } from "../../steps/precision.js";
import { type Stepper, type Steps, stepOf } from "../../steps/stepper.js";
import type { NativeBackend } from "../nativeBackend.js";
import { Program } from "./program.js";
import type { ProgramAddon, ProgramTensor } from "./programAddon.js";
import type { ProgramLibrary } from "./programLibrary.js";
import type { TracedOperation } from "./trace.js";

interface RecordedStep {
  readonly program: Program;
  /** The parts of the state that come first among the program's results. */
  readonly changes: readonly string[];
}

/**
 * Runs each step as one program, recorded when feeds of its shapes are first met. The state stays in TensorFlow's
 * memory, and goes from one run to the next without a copy.
 */
export class ProgramStepper implements Stepper {
  private readonly shapes: ReadonlyMap<string, readonly number[]>;
  private readonly state = new Map<string, ProgramTensor>();
  private readonly programs = new Map<string, RecordedStep>();

  private readonly addon: ProgramAddon;

  constructor(
    private readonly library: ProgramLibrary,
    private readonly backend: NativeBackend,
    state: ReadonlyMap<string, TensorValues>,
    private readonly steps: Steps,
    private readonly precision: Precision = "float32",
  ) {
    this.addon = library.addon;
    this.shapes = new Map([...state].map(([name, { shape }]) => [name, shape]));
    for (const [name, values] of state) this.state.set(name, this.tensorOf(values));
  }

  async step(kind: string, feeds: ReadonlyMap<string, TensorValues>): Promise<Float32Array[]> {
    const { program, changes } = this.recorded(kind, feeds);
    const fed = [...feeds.values()].map((values) => this.tensorOf(values));
    const running = program.run([...fed, ...this.state.values()]);
    for (const tensor of fed) this.addon.deleteTensor(tensor);
    const results = await running;
    const outputs = results.slice(changes.length);
    changes.forEach((name, index) => {
      this.replace(name, results[index]!);
    });
    const values = outputs.map((output) => new Float32Array(this.addon.tensorBytes(output)));
    for (const output of outputs) this.addon.deleteTensor(output);
    return values;
  }

  /** Which operations a step runs, and for how long each; the state stays. */
  async trace(kind: string, feeds: ReadonlyMap<string, TensorValues>): Promise<TracedOperation[]> {
    const { program } = this.recorded(kind, feeds);
    const fed = [...feeds.values()].map((values) => this.tensorOf(values));
    try {
      return await program.trace([...fed, ...this.state.values()]);
    } finally {
      for (const tensor of fed) this.addon.deleteTensor(tensor);
    }
  }

  async read(name: string): Promise<Float32Array> {
    return this.valuesOf(name);
  }

  write(name: string, values: Float32Array): void {
    this.replace(name, this.tensorOf({ shape: this.shapes.get(name)!, values }));
  }

  dispose(): void {
    for (const tensor of this.state.values()) this.addon.deleteTensor(tensor);
    this.state.clear();
    this.programs.clear();
  }

  private recorded(kind: string, feeds: ReadonlyMap<string, TensorValues>): RecordedStep {
    const shapes = [...feeds].map(([name, { shape }]) => `${name} ${shape.join("x")}`);
    const key = [kind, ...shapes].join(", ");
    const known = this.programs.get(key);
    if (known) return known;
    const compute = stepOf(this.steps, kind);
    const state = [...this.shapes].map(([name, shape]) => ({ shape, values: this.valuesOf(name) }));
    let changes: string[] = [];
    const computed = (tensors: readonly tf.Tensor[]) => {
      const named = (names: Iterable<string>, offset: number) =>
        new Map([...names].map((name, index) => [name, tensors[offset + index]!]));
      const { outputs, state: next } = compute(named(feeds.keys(), 0), named(this.shapes.keys(), feeds.size));
      changes = [...next.keys()];
      return [...next.values(), ...outputs];
    };
    const fed = [...feeds.values(), ...state];
    const program = Program.record(this.library, this.backend, fed, computed, this.precision);
    const made = { program, changes };
    this.programs.set(key, made);
    return made;
  }

  private valuesOf(name: string): Float32Array {
    return new Float32Array(this.addon.tensorBytes(this.state.get(name)!));
  }

  private tensorOf({ shape, values }: TensorValues): ProgramTensor {
    const { TF_FLOAT, TF_INT32 } = this.backend.binding;
    return this.addon.createTensor(values instanceof Int32Array ? TF_INT32 : TF_FLOAT, shape, values);
  }

  private replace(name: string, next: ProgramTensor): void {
    const last = this.state.get(name)!;
    this.state.set(name, next);
    this.addon.deleteTensor(last);
  }
}
