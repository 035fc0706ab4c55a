import { parseEngineChoice } from "../engine/choice.js";
import { startEngine } from "../engine/startEngine.js";
import { answerTurns } from "./answerTurns.js";
import { turnsOf } from "./turns.js";
import { readWorkload } from "./workload.js";

// One contender: an engine of ours in a process of its own.

const [engine = "", folder = ""] = process.argv.slice(2);
const loaded = await readWorkload(folder);
const { versions } = await startEngine(parseEngineChoice(engine, "The contender"), {
  threads: loaded.workload.threads,
});
await answerTurns(versions, turnsOf(loaded).take);
