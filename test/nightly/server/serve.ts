import { serveSite } from "../../../loaders/site/serveSite.js";

// Serves the folder it is given, in a process of its own, so that its end is seen; the first line names the address.
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("serve: name the folder of a built site.");
const site = await serveSite(folder, 0);
console.log(site.url);
