import * as v from "valibot";
import { issueSentence } from "../architecture/model/schemaIssue.js";

const id = v.pipe(v.number(), v.integer(), v.minValue(0));

/** What a page posts to a worker. Each question is answered once, under its id. */
export const askedSchema = v.strictObject({ id, kind: v.string(), question: v.unknown() });

/** What a worker posts to a page: any number of "progress" messages about a question, then its answer or failure. */
export const toldSchema = v.variant("type", [
  v.strictObject({
    type: v.literal("progress"),
    id,
    stage: v.string(),
    fraction: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  }),
  v.strictObject({ type: v.literal("answered"), id, answer: v.unknown() }),
  v.strictObject({ type: v.literal("failed"), id, message: v.string() }),
]);

export type Asked = v.InferOutput<typeof askedSchema>;
export type Told = v.InferOutput<typeof toldSchema>;

/**
 * A message that its schema accepts.
 *
 * @param what names the message to whoever reads the error
 * @throws Error naming the field that is wrong.
 */
export function parseMessage<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  what: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new Error(`${what}: ${issueSentence(result.issues)}`);
}

/** The fields of a message that are handed over instead of copied: buffers, columns' buffers and images. */
export function transferred(message: object): Transferable[] {
  return Object.values(message).flatMap((value) => {
    if (ArrayBuffer.isView(value) && value.buffer instanceof ArrayBuffer) return [value.buffer];
    const isImage = typeof ImageBitmap !== "undefined" && value instanceof ImageBitmap;
    return value instanceof ArrayBuffer || isImage ? [value] : [];
  });
}
