import { loadPermute } from "../../loaders/permute.js";

process.stdout.write(JSON.stringify(await loadPermute()));
