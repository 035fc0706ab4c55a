import { createConsola } from "consola";

/** What a command, a loader or the build says, on standard error: standard output is for results alone. */
export const log = createConsola({ level: 3, stdout: process.stderr, stderr: process.stderr });
