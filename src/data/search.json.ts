import { loadSearch } from "../../loaders/search.js";

process.stdout.write(JSON.stringify(await loadSearch()));
