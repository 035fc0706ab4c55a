import { spawn } from "node:child_process";

/** A tool that is missing, failed or was too slow. Its message is a sentence with the tool's own words. */
export class ToolError extends Error {
  readonly missing: boolean;
  constructor(message: string, missing = false) {
    super(message);
    this.missing = missing;
  }
}

export interface ToolOptions {
  readonly cwd?: string;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Seconds. */
  readonly timeout?: number;
}

/**
 * Runs a program to its end, in a process group of its own, so that what it starts ends with it.
 *
 * @returns its standard output.
 * @throws ToolError if it is not there, fails or takes longer than `timeout`; the signal's reason if aborted.
 */
export function runTool(
  program: string,
  parameters: readonly string[],
  { cwd, env, signal, timeout }: ToolOptions = {},
): Promise<string> {
  signal?.throwIfAborted();
  const child = spawn(program, parameters, {
    cwd,
    env: { ...process.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  child.stderr.on("data", (chunk) => {
    errors = (errors + String(chunk)).slice(-100_000);
  });
  return new Promise((resolve, reject) => {
    let late = false;
    const end = (): void => {
      if (child.pid !== undefined) killGroup(child.pid);
    };
    const timer =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            late = true;
            end();
          }, timeout * 1000);
    signal?.addEventListener("abort", end, { once: true });
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      settle();
    };
    child.once("error", (error) =>
      finish(() => reject(new ToolError(`${program} could not be started: ${error.message}.`, true))),
    );
    child.once("close", (code, killed) =>
      finish(() => {
        if (signal?.aborted) reject(signal.reason);
        else if (late) reject(new ToolError(`${program} was not done after ${timeout} seconds.`));
        else if (code === 0) resolve(output);
        else
          reject(
            new ToolError(
              `${program} ended with ${killed ?? `exit code ${code}`} and said: ${words(errors || output)}`,
            ),
          );
      }),
    );
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch (error) {
    // It ended by itself in between.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

/** The lines that name an error, or else the last ones. */
function words(text: string): string {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const telling = lines.filter((line) => /\b(error|fatal|cannot|no space|no module)\b/i.test(line));
  const chosen = telling.length > 0 ? telling.slice(0, 3) : lines.slice(-3);
  return chosen.length > 0 ? `“${chosen.join(" / ").slice(0, 600)}”.` : "nothing.";
}
