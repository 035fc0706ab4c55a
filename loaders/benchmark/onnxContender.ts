import { createRequire } from "node:module";
import * as v from "valibot";
import { graphOf } from "../../src/architecture/layers/layersOf.js";
import { foldBatchNorm } from "../../src/network/foldBatchNorm.js";
import { findOptionalPackage } from "../engine/engineHome.js";
import { onnxModel } from "../onnx/onnxModel.js";
import { answerTurns } from "./answerTurns.js";
import { joined, readWorkload } from "./workload.js";

// One contender: onnxruntime, for Node or for browsers, on the network as an ONNX file.

const [name = "", folder = ""] = process.argv.slice(2);

const callable = <F>() => v.custom<F>((value) => typeof value === "function");
interface SessionClass {
  create(model: Uint8Array, options: Record<string, unknown>): Promise<unknown>;
}

interface Session {
  readonly outputNames: readonly string[];
  run(feeds: Record<string, unknown>): Promise<unknown>;
}

// A schema of a class's properties would copy them and lose the class.
const sessionSchema = v.custom<Session>(
  (value) => typeof value === "object" && value !== null && "outputNames" in value && "run" in value,
);
const runtimeSchema = v.looseObject({
  Tensor: callable<new (type: "float32", values: Float32Array, shape: number[]) => object>(),
  InferenceSession: v.custom<SessionClass>((value) => typeof value === "function" && "create" in value),
  env: v.looseObject({ wasm: v.optional(v.looseObject({ numThreads: v.optional(v.number()) })) }),
});
const resultsSchema = v.record(v.string(), v.custom<{ readonly data: Float32Array }>(isFloatTensor));

const home = findOptionalPackage(name, "peers");
if (!home) {
  throw new Error(
    `${name} is neither in node_modules nor in the engine home's folder peers. Install it there with ` +
      `"npm install --ignore-scripts ${name}@1.30.0".`,
  );
}
const require = createRequire(`${home}/package.json`);
const runtime = v.parse(runtimeSchema, require(home));
const { version } = v.parse(v.looseObject({ version: v.string() }), require(`${home}/package.json`));
const { workload, values, images } = await readWorkload(folder);
if (workload.task !== "inference") throw new Error("onnxruntime takes no training steps.");
if (runtime.env.wasm) runtime.env.wasm.numThreads = workload.threads;
const folded = foldBatchNorm(graphOf(workload.model), values);
const session = v.parse(
  sessionSchema,
  await runtime.InferenceSession.create(onnxModel(folded.graph, folded.values, { batch: workload.batch }), {
    executionProviders: [name === "onnxruntime-web" ? "wasm" : "cpu"],
    graphOptimizationLevel: "all",
    intraOpNumThreads: workload.threads,
    interOpNumThreads: 1,
  }),
);
const [height, width] = workload.model.inputSize;
const tensor = new runtime.Tensor("float32", planes(images, workload.batch, height * width), [
  workload.batch,
  3,
  height,
  width,
]);
await answerTurns({ [name]: version }, async () => {
  const results = v.parse(resultsSchema, await session.run({ images: tensor }));
  return joined(session.outputNames.map((output) => results[output]!.data));
});

/** NHWC to NCHW. */
function planes(pixels: Float32Array, batch: number, area: number): Float32Array {
  const turned = new Float32Array(pixels.length);
  for (let image = 0; image < batch; image++) {
    for (let pixel = 0; pixel < area; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        turned[(image * 3 + channel) * area + pixel] = pixels[(image * area + pixel) * 3 + channel]!;
      }
    }
  }
  return turned;
}

/** A tensor's data is a getter of its class, which an object schema does not see. */
function isFloatTensor(value: unknown): boolean {
  return typeof value === "object" && value !== null && "data" in value && value.data instanceof Float32Array;
}
