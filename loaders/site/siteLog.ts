import { createConsola } from "consola";

/** What building and serving say, on standard error. */
export const siteLog = createConsola({ stdout: process.stderr, stderr: process.stderr });
