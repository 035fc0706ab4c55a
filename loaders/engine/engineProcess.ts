import { fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

export interface EngineProcessOptions {
  /** Environment variables in addition to this process's. */
  readonly env?: Readonly<Record<string, string>>;
  /** The Node that runs it; this one if absent. */
  readonly node?: string;
  /** Seconds after which it is killed; no limit if absent. */
  readonly timeout?: number;
}

/** The outcome of a process: its one message, or how it ended without one. */
type EngineProcessEnd =
  | { readonly message: unknown }
  | { readonly ended: string; readonly errorOutput: string };

/**
 * Runs a script in a process of its own, so that a library that aborts does not end this one, and waits for its first
 * message.
 *
 * @throws Error if the process cannot be started.
 */
export function runEngineProcess(
  script: URL,
  parameters: readonly string[],
  { env = {}, node, timeout }: EngineProcessOptions = {},
): Promise<EngineProcessEnd> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
  const child = fork(fileURLToPath(script), parameters, {
    execArgv: ["--import", loader],
    execPath: node ?? process.execPath,
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    timeout: timeout === undefined ? undefined : timeout * 1000,
    killSignal: "SIGKILL",
    // JSON has no infinity.
    serialization: "advanced",
  });
  let errorOutput = "";
  child.stderr?.on("data", (chunk) => {
    errorOutput = (errorOutput + String(chunk)).slice(-4000);
  });
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve({ message }));
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ ended: String(signal ?? code), errorOutput }));
  });
}
