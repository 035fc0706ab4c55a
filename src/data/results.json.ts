import { loadResults } from "../../loaders/pages/results/loadResults.js";
import { tierLimit } from "../../loaders/training/buildTier.js";

process.stdout.write(JSON.stringify(await loadResults(tierLimit())));
