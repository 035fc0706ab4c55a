import { parseEngineChoice } from "../engine/engineChoice.js";
import { startEngine } from "../engine/startEngine.js";
import { answerTurns } from "./answerTurns.js";
import { useStockKernels } from "./stockKernels.js";
import { turnsOf } from "./turns.js";
import { readWorkload } from "./workload.js";

// One contender: an engine of ours in a process of its own.

const [name = "", folder = ""] = process.argv.slice(2);
const loaded = await readWorkload(folder);
const stock = name === "stock" || name === "patched" ? name : undefined;
const { versions } = await startEngine(parseEngineChoice(stock ? "wasm" : name, "The contender"), {
  threads: loaded.workload.threads,
});
if (stock) useStockKernels(stock);
await answerTurns(versions, turnsOf(loaded).take);
