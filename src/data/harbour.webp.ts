import { loadHarbour } from "../../loaders/pages/why.js";

process.stdout.write(await loadHarbour());
