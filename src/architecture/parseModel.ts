import * as v from "valibot";
import { type Model, modelSchema } from "./model.js";
import { checkRules } from "./rules.js";

/**
 * Reads a model JSON.
 *
 * @param value What `JSON.parse` gave.
 * @param source Where it came from, for messages: a file's name.
 * @throws Error naming the source, the field or block, and the rule it breaks.
 */
export function parseModel(value: unknown, source: string): Model {
  const result = v.safeParse(modelSchema, value);
  if (!result.success) {
    const issue = result.issues[0];
    const where = v.getDotPath(issue) ?? "the top level";
    throw new Error(`${source}: ${where}: ${issue.message}`);
  }
  try {
    checkRules(result.output);
  } catch (error) {
    throw new Error(`${source}: ${(error as Error).message}`);
  }
  return result.output;
}
