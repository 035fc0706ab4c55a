import { searchFormulas } from "../../loaders/searchFormulas.js";

process.stdout.write(JSON.stringify(searchFormulas()));
