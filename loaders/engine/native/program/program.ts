import * as tf from "@tensorflow/tfjs-core";
import { type TensorValues, tensorOfValues } from "../../../../src/network/tensorValues.js";
import type { Precision } from "../../steps/precision.js";
import type { NativeBackend } from "../nativeBackend.js";
import { GraphBuilder, type Place } from "./graphBuilder.js";
import type { ProgramAddon, ProgramHandle, ProgramTensor } from "./programAddon.js";
import type { ProgramLibrary } from "./programLibrary.js";
import type { ProgramWork } from "./programWork.js";
import { record } from "./recording.js";
import { type TracedOperation, tracedOperations } from "./trace.js";

/**
 * A computation that TensorFlow runs as one call. tfjs asks for one operation at a time, and waits for each; of a
 * graph, operations run side by side where they can, many are merged into one, and nothing crosses over to
 * JavaScript in between.
 */
export class Program {
  private constructor(
    private readonly addon: ProgramAddon,
    private readonly handle: ProgramHandle,
    readonly work: ProgramWork,
  ) {}

  /**
   * Makes a program of what `compute` asks of tfjs. Nothing is computed on the way.
   *
   * @param feeds What changes from run to run, with any values; all else becomes part of the program, with today's
   * values.
   * @param compute Gives the results from the feeds' tensors, and works with tensors alone.
   * @param precision Of convolutions and what lies between them; feeds and results are float32 whatever it is.
   * @throws Error if `compute` reads the values of a tensor, or TensorFlow refuses an operation.
   */
  static record(
    { addon, threads }: ProgramLibrary,
    backend: NativeBackend,
    feeds: readonly TensorValues[],
    compute: (feeds: readonly tf.Tensor[]) => readonly tf.Tensor[],
    precision: Precision = "float32",
  ): Program {
    tf.engine().startScope("recording");
    try {
      const graph = new GraphBuilder(addon, backend.binding, precision);
      const fed = feeds.map(tensorOfValues);
      const recorded = record(backend, graph, fed, () => compute(fed));
      const numbers = (places: readonly Place[]) =>
        places.flatMap(({ operation, output }) => [operation, output]);
      const handle = addon.createProgram(
        graph.handle,
        numbers(recorded.feeds),
        numbers(recorded.results),
        graph.work.threadsPerOperation(threads),
      );
      return new Program(addon, handle, graph.work);
    } finally {
      tf.engine().endScope();
    }
  }

  /**
   * Runs in another thread; JavaScript goes on.
   *
   * @param inputs A tensor a feed, in the order of the recording. They may be deleted at once.
   * @returns A tensor a result; the caller deletes them.
   */
  run(inputs: readonly ProgramTensor[]): Promise<ProgramTensor[]> {
    return this.addon.run(this.handle, inputs);
  }

  /** Runs, drops the results, and tells which operations ran and for how long. */
  async trace(inputs: readonly ProgramTensor[]): Promise<TracedOperation[]> {
    return tracedOperations(new Uint8Array(await this.addon.trace(this.handle, inputs)));
  }
}
