import { loadHarbour } from "../../loaders/harbour.js";

process.stdout.write(await loadHarbour());
