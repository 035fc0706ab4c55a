import { loadLive } from "../../loaders/pages/live/loadLive.js";

process.stdout.write(JSON.stringify(await loadLive()));
