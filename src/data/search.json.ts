import { loadSearch } from "../../loaders/pages/search/search.js";

process.stdout.write(JSON.stringify(await loadSearch()));
