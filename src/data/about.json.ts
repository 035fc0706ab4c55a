import { loadAbout } from "../../loaders/about.js";

process.stdout.write(JSON.stringify(await loadAbout()));
