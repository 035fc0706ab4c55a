import { parseEngineChoice } from "../engine/choice.js";
import { startEngine } from "../engine/startEngine.js";
import { answerTurns } from "./answerTurns.js";
import { readJob } from "./job.js";
import { ourTurn } from "./ourTurns.js";

// One contender: an engine of ours in a process of its own.

const [engine = "", folder = ""] = process.argv.slice(2);
const read = await readJob(folder);
const { versions } = await startEngine(parseEngineChoice(engine, "The contender"), {
  threads: read.job.threads,
});
await answerTurns(versions, ourTurn(read));
