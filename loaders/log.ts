import { createConsola } from "consola";
import { terminalMessage } from "./terminal.js";

/** Logs to standard error: standard output is only for results. What a line quotes from a file moves no cursor. */
export const log = createConsola({ level: 3, stdout: process.stderr, stderr: process.stderr });

log.setReporters(
  log.options.reporters.map((reporter) => ({
    log: (entry, context) => reporter.log({ ...entry, args: entry.args.map(cleaned) }, context),
  })),
);

function cleaned(argument: unknown): unknown {
  return typeof argument === "string" ? terminalMessage(argument) : argument;
}
