import { searchFormulas } from "../../loaders/pages/search/formulas.js";

process.stdout.write(JSON.stringify(searchFormulas()));
