import { loadResults } from "../../loaders/pages/results/results.js";
import { tierLimit } from "../../loaders/training/tier.js";

process.stdout.write(JSON.stringify(await loadResults(tierLimit())));
