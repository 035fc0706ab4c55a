import { loadHeadlines } from "../../loaders/headlines.js";

process.stdout.write(JSON.stringify({ headlines: await loadHeadlines() }));
