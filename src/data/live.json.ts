import { loadLive } from "../../loaders/pages/live/live.js";

process.stdout.write(JSON.stringify(await loadLive()));
