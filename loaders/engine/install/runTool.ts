import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { messageOf } from "../../../src/messages/messageOf.js";
import { errorCode } from "../../files/errorCode.js";

/** A tool that is missing, failed or timed out. Its message quotes the tool. */
export class ToolError extends Error {
  readonly missing: boolean;
  constructor(message: string, missing = false) {
    super(message);
    this.missing = missing;
  }
}

export interface ToolOptions {
  /** Its name in error messages; the program if absent. */
  readonly name?: string;
  readonly cwd?: string;
  /** Environment variables in addition to this process's. */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Seconds. */
  readonly timeout?: number;
}

/**
 * Runs a program to completion in a process group of its own, so that everything it starts can be killed with it.
 *
 * @returns its standard output.
 * @throws ToolError if it is missing, fails or takes longer than `timeout`; the signal's reason if aborted.
 */
export async function runTool(
  program: string,
  parameters: readonly string[],
  { name = program, cwd, env, signal, timeout }: ToolOptions = {},
): Promise<string> {
  signal?.throwIfAborted();
  const child = spawn(program, parameters, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const late = timeout === undefined ? undefined : AbortSignal.timeout(timeout * 1000);
  const stop = AbortSignal.any([signal, late].filter((each) => each !== undefined));
  const end = (): void => {
    if (child.pid !== undefined) killGroup(child.pid);
  };
  stop.addEventListener("abort", end);
  try {
    const closed = once(child, "close").catch((error: unknown) => {
      throw new ToolError(`${name} could not be started: ${messageOf(error)}.`, true);
    });
    const [[code, killed], output, errors] = await Promise.all([
      closed,
      text(child.stdout),
      text(child.stderr),
    ]);
    signal?.throwIfAborted();
    if (late?.aborted) throw new ToolError(`${name} was not done after ${timeout} seconds.`);
    if (code === 0) return output;
    throw new ToolError(
      `${name} ended with ${killed ?? `exit code ${code}`} and said: ${words(errors || output)}`,
    );
  } finally {
    stop.removeEventListener("abort", end);
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // It has ended in the meantime.
    if (errorCode(error) !== "ESRCH") throw error;
  }
}

/** The two longest lines that name an error and the last one about the network; without any, the last lines. */
function words(said: string): string {
  const lines = said
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const errors = lines.filter((line) => /\b(error|fatal|cannot|no space|no module)\b/i.test(line));
  const longest = [...errors].sort((a, b) => b.length - a.length).slice(0, 2);
  const network = lines.findLast((line) =>
    /refused|resolution|resolve host|timed out|unreachable/i.test(line),
  );
  const telling = lines.filter((line) => longest.includes(line) || line === network);
  const chosen = telling.length > 0 ? [...new Set(telling)] : lines.slice(-3);
  return chosen.length > 0 ? `“${chosen.join(" / ").slice(0, 600)}”.` : "nothing.";
}
