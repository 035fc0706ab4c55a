import { loadHeadlines } from "../../loaders/pages/overview.js";

process.stdout.write(JSON.stringify({ headlines: await loadHeadlines() }));
