import * as v from "valibot";
import { parseMessage } from "../parseMessage.js";

/** The ways tfjs can compute in a browser, the one preferred first. */
export const backendNames = ["webgpu", "webgl", "wasm"] as const;

export type BackendName = (typeof backendNames)[number];
export type BackendChoice = BackendName | "auto";

const backendSchema = v.picklist(backendNames);
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const length = v.pipe(v.number(), v.finite(), v.minValue(0));

/** Not `v.instance`: what runs outside a browser knows no ImageBitmap. */
const bitmapSchema = v.custom<ImageBitmap>(
  (value) =>
    typeof value === "object" && value !== null && "width" in value && "height" in value && "close" in value,
  "an ImageBitmap is needed",
);

const requestSchema = v.variant("type", [
  v.strictObject({
    type: v.literal("start"),
    id: count,
    backend: v.picklist([...backendNames, "auto"]),
  }),
  v.strictObject({
    type: v.literal("load"),
    id: count,
    /** The bytes of a weights file. */
    file: v.instance(ArrayBuffer),
    /** The file's name, for messages. */
    source: v.string(),
  }),
  v.strictObject({
    type: v.literal("detect"),
    id: count,
    /** Closed by the worker. */
    image: bitmapSchema,
  }),
]);

/** What a page asks of the worker. Each request is answered once, under its id. */
export type Request = v.InferOutput<typeof requestSchema>;

const objectSchema = v.strictObject({
  /** `[x, y, width, height]` in pixels of the image that was sent. */
  bbox: v.tuple([length, length, length, length]),
  score: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  categoryId: v.pipe(v.number(), v.integer()),
  name: v.string(),
});

const startedSchema = v.strictObject({
  type: v.literal("started"),
  id: count,
  backend: backendSchema,
  /** The processor or adapter as its driver calls it; empty where the browser does not say. */
  device: v.string(),
  /** What was preferred to the backend taken, and why it was not taken. */
  passedOver: v.array(v.strictObject({ backend: backendSchema, reason: v.string() })),
});

const loadedSchema = v.strictObject({
  type: v.literal("loaded"),
  id: count,
  model: v.string(),
  classes: v.array(v.string()),
  /** Trainable ones, as papers count them. */
  parameters: count,
  /** Height and width of the network's input. */
  inputSize: v.tuple([count, count]),
});

const detectedSchema = v.strictObject({
  type: v.literal("detected"),
  id: count,
  objects: v.array(objectSchema),
  /** From the image's arrival to the last box. */
  milliseconds: length,
  /** Whether these weights ran for the first time, which includes making the backend's programs. */
  first: v.boolean(),
});

const failedSchema = v.strictObject({ type: v.literal("failed"), id: count, message: v.string() });

const answerSchema = v.variant("type", [startedSchema, loadedSchema, detectedSchema, failedSchema]);

/** What the worker answers. */
export type Answer = v.InferOutput<typeof answerSchema>;
export type Started = v.InferOutput<typeof startedSchema>;
export type Loaded = v.InferOutput<typeof loadedSchema>;
export type Detected = v.InferOutput<typeof detectedSchema>;

/** @throws Error naming the field, if a page sent what the worker does not understand. */
export function parseRequest(value: unknown): Request {
  return parseMessage(requestSchema, value, "The page's message to the detection worker");
}

/** @throws Error naming the field, if the worker sent what a page does not understand. */
export function parseAnswer(value: unknown): Answer {
  return parseMessage(answerSchema, value, "The detection worker's message");
}
