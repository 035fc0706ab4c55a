import * as tf from "@tensorflow/tfjs-core";
import { type TensorValues, tensorOfValues } from "../../../../src/network/tensorValues.js";
import type { NativeBackend } from "../nativeBackend.js";
import { graphDefinition } from "./graphDefinition.js";
import type { ProgramAddon, ProgramHandle, ProgramTensor } from "./programAddon.js";
import { recordedGraph } from "./recordedGraph.js";
import { record } from "./recording.js";

/**
 * A computation that TensorFlow runs as one call. tfjs asks for one operation at a time, and waits for each; of a
 * graph, operations run side by side where they can, many are merged into one, and nothing crosses over to
 * JavaScript in between.
 */
export class Program {
  private constructor(
    private readonly addon: ProgramAddon,
    private readonly handle: ProgramHandle,
    /** How many operations and constants the graph was written with. */
    readonly nodes: number,
  ) {}

  /**
   * Runs `compute` once as tfjs does, and makes a program of what it did. What that run computed is thrown away.
   *
   * @param feeds What changes from run to run, with values to record by; all else becomes part of the program, with
   * today's values.
   * @param compute Gives the results from the feeds' tensors, and works with tensors alone.
   * @throws Error if `compute` reads the values of a tensor that it computed, or TensorFlow refuses the graph.
   */
  static record(
    addon: ProgramAddon,
    backend: NativeBackend,
    feeds: readonly TensorValues[],
    compute: (feeds: readonly tf.Tensor[]) => readonly tf.Tensor[],
  ): Program {
    tf.engine().startScope("recording");
    try {
      const fed = feeds.map(tensorOfValues);
      const recording = record(backend, fed, () => compute(fed));
      const types = fed.map(({ dtype, shape }) => ({ type: backend.getDTypeInteger(dtype), shape }));
      const graph = recordedGraph(recording, types, backend.binding);
      // An empty configuration: threads are those of the library's environment variables.
      const configuration = new Uint8Array();
      const definition = graphDefinition(graph.nodes);
      const handle = addon.createProgram(definition, graph.feeds, graph.fetches, configuration);
      return new Program(addon, handle, graph.nodes.length);
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
}
