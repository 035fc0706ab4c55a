import { loadResults } from "../../loaders/results.js";
import { tierLimit } from "../../loaders/training/tier.js";

process.stdout.write(JSON.stringify(await loadResults(tierLimit())));
