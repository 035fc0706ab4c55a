import { loadPermute } from "../../loaders/pages/permute.js";

process.stdout.write(JSON.stringify(await loadPermute()));
