import { Worker } from "node:worker_threads";
import { parserChecks } from "../fuzz/checks.js";
import { caseOf, type ParserCheck } from "../fuzz/parserCheck.js";
import { messageOf, type NightlyRow, type NightlySettings, runCheck } from "./part.js";

/** What a thread tells of its cases: each that fails, and at the end how many inputs were accepted. */
export type ParserThreadMessage =
  | { readonly run: number; readonly reason: string }
  | { readonly accepted: number };

/** A case that takes longer will not end; its thread is ended. */
const mostMilliseconds = 30_000;
/** What a case of some kilobytes may take, beside what the program takes. */
const mostBytes = 1.5 * 2 ** 30;
const lookEveryMs = 250;
/** A check with more failures than these is given up. */
const mostFailures = 20;

/** Gives every parser mutated files, addresses, messages and flags, in a thread that can be ended when it hangs. */
export async function checkParsers(settings: NightlySettings): Promise<NightlyRow[]> {
  const rows: NightlyRow[] = [];
  for (const check of await parserChecks()) {
    if (!settings.isChosen(check.name)) continue;
    rows.push(await runCheck(settings, check.name, () => fuzz(check, settings)));
  }
  return rows;
}

async function fuzz(check: ParserCheck, { seed, runs, keepFailure }: NightlySettings) {
  const failures: { readonly run: number; readonly reason: string }[] = [];
  let accepted = 0;
  let next = 0;
  while (next < runs && failures.length < mostFailures) {
    const ended = await runThread(check.name, seed, [next, runs], (failure) => failures.push(failure));
    accepted += ended.accepted;
    if (ended.brokenBy === undefined) break;
    failures.push(ended.brokenBy);
    next = ended.brokenBy.run + 1;
  }
  const [first] = failures;
  if (first === undefined) return { runs, failures: 0, note: `${accepted.toLocaleString("en")} accepted` };
  const input = readable(caseOf(check.inputs, seed, first.run));
  const file = await keepFailure({ check: check.name, error: first.reason, input });
  return { runs, failures: failures.length, note: `case ${first.run}: ${messageOf(first.reason)} (${file})` };
}

interface EndedThread {
  readonly accepted: number;
  /** The case that hung, ended the thread, or took too much memory. */
  readonly brokenBy?: { readonly run: number; readonly reason: string };
}

async function runThread(
  check: string,
  seed: number,
  [from, to]: readonly [from: number, to: number],
  failed: (failure: { readonly run: number; readonly reason: string }) => void,
): Promise<EndedThread> {
  const place = new SharedArrayBuffer(4);
  const running = new Int32Array(place);
  Atomics.store(running, 0, from);
  const before = process.memoryUsage.rss();
  // The TypeScript loader is not inherited by threads.
  const loader = import.meta.resolve("tsx/esm/api");
  const entry = new URL("parserThread.ts", import.meta.url).href;
  // A program by the name of "[worker eval]" is none that the command line could have been started as.
  const start = `process.argv.length = 1; import("${loader}").then(({ register }) => { register(); return import("${entry}"); })`;
  const thread = new Worker(start, {
    eval: true,
    workerData: { check, seed, from, to, place },
    resourceLimits: { maxOldGenerationSizeMb: 1024 },
  });
  let accepted = 0;
  let last = from;
  let since = performance.now();
  const brokenBy = await new Promise<EndedThread["brokenBy"]>((resolve) => {
    const end = (reason?: string) => {
      clearInterval(looking);
      resolve(reason === undefined ? undefined : { run: Atomics.load(running, 0), reason });
    };
    const looking = setInterval(() => {
      const run = Atomics.load(running, 0);
      if (run !== last) [last, since] = [run, performance.now()];
      if (performance.now() - since > mostMilliseconds)
        end(`It took more than ${mostMilliseconds / 1000} s.`);
      const bytes = process.memoryUsage.rss() - before;
      if (bytes > mostBytes) end(`It took ${Math.round(bytes / 2 ** 20)} MiB.`);
    }, lookEveryMs);
    thread.on("message", (message: ParserThreadMessage) => {
      if ("accepted" in message) accepted = message.accepted;
      else failed(message);
    });
    thread.once("error", (error) => end(`It ended the thread: ${messageOf(error)}`));
    thread.once("exit", (code) => end(code === 0 ? undefined : `It ended the thread with code ${code}.`));
  });
  await thread.terminate();
  return { accepted, brokenBy };
}

/** An input as JSON can hold it. */
function readable(input: unknown): unknown {
  return input instanceof Uint8Array ? { base64: Buffer.from(input).toString("base64") } : input;
}
