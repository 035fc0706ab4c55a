import { createConsola } from "consola";

/** Logs to standard error: standard output is only for results. */
export const log = createConsola({ level: 3, stdout: process.stderr, stderr: process.stderr });
