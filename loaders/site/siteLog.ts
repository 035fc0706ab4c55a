import { createConsola } from "consola";

/** What building and serving say, on standard error. */
export const siteLog = createConsola({ level: 3, stdout: process.stderr, stderr: process.stderr });
