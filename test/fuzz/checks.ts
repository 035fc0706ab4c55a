import { addressChecks } from "./addressChecks.js";
import { cocoChecks } from "./cocoChecks.js";
import { commandChecks } from "./commandChecks.js";
import { imageChecks } from "./imageChecks.js";
import { jsonChecks } from "./jsonChecks.js";
import { messageChecks } from "./messageChecks.js";
import type { ParserCheck } from "./parserCheck.js";
import { weightsChecks } from "./weightsChecks.js";

/** Every parser of what comes from outside: files, addresses, messages and command lines. */
export async function parserChecks(): Promise<ParserCheck[]> {
  return [
    ...jsonChecks(),
    ...weightsChecks(),
    ...cocoChecks(),
    ...(await imageChecks()),
    ...addressChecks(),
    ...messageChecks(),
    ...(await commandChecks()),
  ];
}
