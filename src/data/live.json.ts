import { loadLive } from "../../loaders/live.js";

process.stdout.write(JSON.stringify(await loadLive()));
