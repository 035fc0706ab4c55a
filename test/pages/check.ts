import { checkPages } from "./checkPages.js";

/* Prints what is wrong with the types of the code in pages, and exits with 1 if anything is. */
const problems = await checkPages();
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
