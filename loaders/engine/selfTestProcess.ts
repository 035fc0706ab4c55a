// Run in a process of its own, so that an engine whose library aborts takes nobody with it.
import { startEngine } from "./engine.js";
import { parseEngineChoice } from "./engineName.js";
import { selfTest } from "./selfTest.js";

const [name = ""] = process.argv.slice(2);
try {
  const { versions } = await startEngine(parseEngineChoice(name, "The self-test"));
  const results = await selfTest();
  process.send?.({ versions, results }, () => process.exit());
} catch (error) {
  process.send?.({ error: error instanceof Error ? error.message : String(error) }, () => process.exit());
}
