import * as v from "valibot";
import { count, nonNegative, share } from "../architecture/model/numbers.js";
import type { Answer, Client, Protocol } from "./protocol.js";

/** The ways tfjs can compute in a browser, the preferred one first. */
export const backendNames = ["webgpu", "webgl", "wasm"] as const;

export type BackendName = (typeof backendNames)[number];

/** The backends' names as people write them. */
export const backendTitles: Readonly<Record<BackendName, string>> = {
  webgpu: "WebGPU",
  webgl: "WebGL",
  wasm: "WebAssembly",
};

export type BackendChoice = BackendName | "auto";

const backendSchema = v.picklist(backendNames);

/** Not `v.instance`: outside browsers there is no ImageBitmap. */
const bitmapSchema = v.custom<ImageBitmap>(
  (value) =>
    typeof value === "object" && value !== null && "width" in value && "height" in value && "close" in value,
  "an ImageBitmap is needed",
);

const foundObjectSchema = v.strictObject({
  /** `[x, y, width, height]` in pixels of the image. */
  bbox: v.pipe(v.tuple([nonNegative, nonNegative, nonNegative, nonNegative]), v.readonly()),
  score: share,
  name: v.string(),
});

/** An object found in an image. */
export type FoundObject = Readonly<v.InferOutput<typeof foundObjectSchema>>;

/** What weights say about themselves. */
const loadedSchema = v.strictObject({
  model: v.string(),
  classes: v.pipe(v.array(v.string()), v.readonly()),
  /** Trainable ones, as papers count them. */
  parameters: count,
  /** Height and width of the network's input, in pixels. */
  inputSize: v.pipe(v.tuple([count, count]), v.readonly()),
});

/** Detection in a worker of its own, since a network that runs on the page's thread would freeze the page. */
export const detectionProtocol = {
  name: "detection",
  questions: {
    /** Starts tfjs on a backend, before all other questions. Fails with the reason where it cannot be used. */
    start: {
      question: v.strictObject({ backend: v.picklist([...backendNames, "auto"]) }),
      answer: v.strictObject({
        backend: backendSchema,
        /** The processor or adapter by its driver's name; empty where the browser does not say. */
        device: v.string(),
        /** The backends preferred to the one taken, and why each was not taken. */
        passedOver: v.pipe(
          v.array(v.strictObject({ backend: backendSchema, reason: v.string() })),
          v.readonly(),
        ),
      }),
    },
    /** Replaces the weights to detect with. Those before stay in use where this fails. */
    load: {
      question: v.strictObject({
        /** The bytes of a weights file. */
        file: v.instance(ArrayBuffer),
        /** The file's name, for messages. */
        source: v.string(),
      }),
      answer: loadedSchema,
    },
    /** The same with a TensorFlow checkpoint, whose files are read by ranges. */
    loadCheckpoint: {
      /** Its .index file and its .data files. */
      question: v.strictObject({ files: v.pipe(v.array(v.file()), v.minLength(1), v.readonly()) }),
      answer: loadedSchema,
    },
    /** Finds the objects in an image. */
    detect: {
      /** Closed by the worker. */
      question: v.strictObject({ image: bitmapSchema }),
      answer: v.strictObject({
        /** Best first, down to a score of 0.05. */
        objects: v.pipe(v.array(foundObjectSchema), v.readonly()),
        /** From the image's arrival to the last box. */
        milliseconds: nonNegative,
        /** Whether these weights ran for the first time, which includes compiling the backend's kernels. */
        first: v.boolean(),
      }),
    },
  },
  stages: [],
  keepsState: true,
  remedy: "choose weights again",
} as const satisfies Protocol;

type DetectionProtocol = typeof detectionProtocol;
export type DetectionClient = Client<DetectionProtocol>;
export type StartedBackend = Answer<DetectionProtocol, "start">;
/** What a weights file says about itself. */
export type LoadedWeights = Answer<DetectionProtocol, "load">;
