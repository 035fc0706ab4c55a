import { loadScale } from "../../loaders/pages/scale.js";

process.stdout.write(JSON.stringify(await loadScale()));
