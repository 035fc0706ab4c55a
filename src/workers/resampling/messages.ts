import * as v from "valibot";
import { backendNames } from "../detection/messages.js";
import { parseMessage } from "../parseMessage.js";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const kindSchema = v.picklist(["bottleneck", "residual"]);

const requestSchema = v.strictObject({
  id: count,
  connection: v.strictObject({
    direction: v.picklist(["down", "same", "up", "as it is"]),
    ratio: v.picklist([1, 2, 4, 8, 16, 32]),
    alpha: v.pipe(v.number(), v.minValue(0.25), v.maxValue(1)),
    parent: kindSchema,
    target: kindSchema,
  }),
});

/** A small connection to be resampled. Each request is answered once, under its id. */
export type ResamplingRequest = v.InferOutput<typeof requestSchema>;

const answerSchema = v.variant("type", [
  v.strictObject({
    type: v.literal("resampled"),
    id: count,
    backend: v.picklist(backendNames),
    maps: v.array(
      v.strictObject({
        step: v.picklist(["parent", "reduce", "down", "pool", "repeat", "expand"]),
        height: positive,
        width: positive,
        channels: positive,
        values: v.instance(Float32Array),
      }),
    ),
  }),
  v.strictObject({ type: v.literal("failed"), id: count, message: v.string() }),
]);

/** What the worker answers. */
export type ResamplingAnswer = v.InferOutput<typeof answerSchema>;

/** @throws Error naming the field that is not as it should be. */
export function parseResamplingRequest(value: unknown): ResamplingRequest {
  return parseMessage(requestSchema, value, "a message to the resampling worker");
}

/** @throws Error naming the field that is not as it should be. */
export function parseResamplingAnswer(value: unknown): ResamplingAnswer {
  return parseMessage(answerSchema, value, "the resampling worker's message");
}
