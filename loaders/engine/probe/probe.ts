// Run in a process of its own, so that a library that aborts does not end the caller.

import { parseEngineChoice } from "../choice.js";
import { startEngine } from "../startEngine.js";

const [name = ""] = process.argv.slice(2);
try {
  const { versions } = await startEngine(parseEngineChoice(name, "The probe"));
  process.send?.({ works: true, reason: "", versions });
} catch (error) {
  process.send?.({
    works: false,
    reason: error instanceof Error ? error.message : String(error),
    versions: {},
  });
}
process.exit();
