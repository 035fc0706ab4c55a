import { loadScale } from "../../loaders/scale.js";

process.stdout.write(JSON.stringify(await loadScale()));
