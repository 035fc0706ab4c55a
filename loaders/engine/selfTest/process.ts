// Run in a process of its own, so that a library that aborts does not end the caller.

import { messageOf } from "../../../src/messages/messageOf.js";
import { parseEngineChoice } from "../engineChoice.js";
import { startEngine } from "../startEngine.js";
import { selfTest } from "./selfTest.js";

const [name = ""] = process.argv.slice(2);
try {
  const { versions } = await startEngine(parseEngineChoice(name, "The self-test"));
  const results = await selfTest();
  process.send?.({ versions, results }, () => process.exit());
} catch (error) {
  process.send?.({ error: messageOf(error) }, () => process.exit());
}
