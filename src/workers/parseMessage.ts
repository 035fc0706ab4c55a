import * as v from "valibot";
import { issueSentence } from "../architecture/model/schemaIssue.js";

/**
 * A message as its schema has it.
 *
 * @param what names the message to whoever reads the error
 * @throws Error naming the field that is not as it should be.
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
