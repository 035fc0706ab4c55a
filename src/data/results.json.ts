import { loadResults } from "../../loaders/results.js";

process.stdout.write(JSON.stringify(await loadResults()));
