import { parentPort, workerData } from "node:worker_threads";
import { number, object, parse, string } from "valibot";
import { parserChecks } from "../fuzz/checks.js";
import { runCases } from "../fuzz/parserCheck.js";
import type { ParserThreadMessage } from "./parsers.js";

const taskSchema = object({ check: string(), seed: number(), from: number(), to: number() });

const { check: name, seed, from, to } = parse(taskSchema, workerData);
const check = (await parserChecks()).find((one) => one.name === name);
if (check === undefined) throw new Error(`There is no parser check "${name}".`);
const place = new Int32Array(workerData.place);
const tell = (message: ParserThreadMessage) => parentPort?.postMessage(message);
const accepted = await runCases(check, seed, [from, to], {
  begin: (run) => Atomics.store(place, 0, run),
  failed: ({ run, error }) => tell({ run, reason: error.message }),
});
tell({ accepted });
