import * as tf from "@tensorflow/tfjs-core";
import { type TensorValues, tensorOfValues } from "../../../src/network/tensorValues.js";
import { type Stepper, type Steps, stepOf } from "./stepper.js";

/** Runs a step's operations one by one. */
export class EagerStepper implements Stepper {
  private readonly state: Map<string, tf.Tensor>;

  constructor(
    state: ReadonlyMap<string, TensorValues>,
    private readonly steps: Steps,
  ) {
    this.state = new Map([...state].map(([name, values]) => [name, tf.keep(tensorOfValues(values))]));
  }

  async step(kind: string, feeds: ReadonlyMap<string, TensorValues>): Promise<Float32Array[]> {
    const outputs = tf.tidy(() => {
      const fed = new Map([...feeds].map(([name, values]) => [name, tensorOfValues(values)]));
      const { outputs, state } = stepOf(this.steps, kind)(fed, this.state);
      for (const [name, next] of state) this.replace(name, next);
      return [...outputs];
    });
    const values = await Promise.all(outputs.map((output) => output.data<"float32">()));
    tf.dispose(outputs);
    return values;
  }

  async read(name: string): Promise<Float32Array> {
    return this.state.get(name)!.data<"float32">();
  }

  write(name: string, values: Float32Array): void {
    this.replace(name, tf.tensor(values, this.state.get(name)!.shape));
  }

  dispose(): void {
    tf.dispose([...this.state.values()]);
    this.state.clear();
  }

  private replace(name: string, next: tf.Tensor): void {
    const last = this.state.get(name)!;
    if (next === last) return;
    last.dispose();
    this.state.set(name, tf.keep(next));
  }
}
