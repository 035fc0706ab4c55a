// Run in a process of its own, so that a library that aborts does not end the caller.

import { messageOf } from "../../../src/messages/messageOf.js";
import { parseEngineChoice } from "../engineChoice.js";
import { startEngine } from "../startEngine.js";

const [name = ""] = process.argv.slice(2);
try {
  const { versions } = await startEngine(parseEngineChoice(name, "The probe"));
  process.send?.({ works: true, reason: "", versions });
} catch (error) {
  process.send?.({
    works: false,
    reason: messageOf(error),
    versions: {},
  });
}
process.exit();
