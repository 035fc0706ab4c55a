import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { log } from "../log.js";
import { JobsDisplay } from "../training/display/jobsDisplay.js";

/** A run in its own process. */
export interface Job {
  /** The run's id, which prefixes its output. */
  readonly name: string;
  /** As typed after the program's name. */
  readonly args: readonly string[];
}

export interface JobOutcome {
  readonly name: string;
  /** Why it failed; undefined if it succeeded. */
  readonly failure: string | undefined;
  /** Its standard output. */
  readonly output: string;
}

/**
 * Runs jobs, at most `atATime` at once. A failed job does not stop the others.
 *
 * @returns the outcomes, in the jobs' order
 */
export async function runJobs(jobs: readonly Job[], atATime: number): Promise<JobOutcome[]> {
  const display = new JobsDisplay(Math.max(...jobs.map(({ name }) => name.length)));
  const outcomes = new Map<Job, JobOutcome>();
  const waiting = [...jobs];
  const work = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      outcomes.set(job, await runJob(job, display, jobEnvironment(Math.min(atATime, jobs.length))));
    }
  };
  try {
    await Promise.all(Array.from({ length: atATime }, work));
  } finally {
    display.stop();
  }
  return jobs.map((job) => outcomes.get(job)!);
}

/** Logs the outcome of each job. @throws Error if any failed */
export function reportJobs(outcomes: readonly JobOutcome[]): void {
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  for (const { name, failure } of outcomes) {
    if (failure === undefined) log.success(`${name}: done`);
    else log.error(`${name}: failed. ${failure}`);
  }
  if (failed.length > 0) {
    throw new Error(
      `${failed.length} of ${outcomes.length} runs failed: ${failed.map(({ name }) => name).join(", ")}.`,
    );
  }
}

/**
 * The environment of a job's process: if several run concurrently, TensorFlow's variables limit each to one thread (the
 * wasm engine only has one).
 */
export function jobEnvironment(atATime: number): NodeJS.ProcessEnv {
  const single = atATime > 1 ? { TF_NUM_INTRAOP_THREADS: "1", TF_NUM_INTEROP_THREADS: "1" } : {};
  return { ...process.env, ...single, SPINENET_JOB: "1" };
}

function runJob({ name, args }: Job, display: JobsDisplay, env: NodeJS.ProcessEnv): Promise<JobOutcome> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const child = fork(fileURLToPath(new URL("../cli.ts", import.meta.url)), args, {
    execArgv: ["--import", loader],
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let output = "";
  let lastLine = "";
  child.stdout?.on("data", (text) => {
    output += text;
  });
  if (child.stderr) {
    createInterface({ input: child.stderr }).on("line", (line) => {
      if (line.trim() === "") return;
      lastLine = line;
      display.said(name, line);
    });
  }
  child.on("message", (message) => display.progressed(name, message));
  return new Promise((resolve) => {
    const end = (failure: string | undefined): void => {
      display.ended(name);
      resolve({ name, failure, output });
    };
    child.once("error", (error) => end(error.message));
    // "close" comes after all output.
    child.once("close", (code, signal) => {
      if (code === 0) end(undefined);
      else end(signal === null ? lastLine : `It was ended by ${signal}; continue with --resume.`);
    });
  });
}
