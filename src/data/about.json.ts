import { loadAbout } from "../../loaders/pages/about.js";

process.stdout.write(JSON.stringify(await loadAbout()));
