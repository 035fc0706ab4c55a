import * as v from "valibot";
import { checkSize } from "./checkSize.js";
import { type Model, modelSchema } from "./model.js";
import { issueSentence } from "./schemaIssue.js";

/**
 * Reads a model JSON. Nothing is built of one that is out of bounds.
 *
 * @param value What `JSON.parse` gave.
 * @param source Where it came from, for messages: a file's name.
 * @throws Error naming the source, the field or block, and the rule it breaks.
 */
export function parseModel(value: unknown, source: string): Model {
  const result = v.safeParse(modelSchema, value);
  if (!result.success) throw new Error(`${source}: ${issueSentence(result.issues)}`);
  try {
    checkSize(result.output);
  } catch (error) {
    throw new Error(`${source}: ${(error as Error).message}`);
  }
  return result.output;
}
