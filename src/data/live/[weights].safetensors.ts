import "../../../loaders/live/file.js";
