import { loadSearch } from "../../loaders/pages/search/loadSearch.js";

process.stdout.write(JSON.stringify(await loadSearch()));
