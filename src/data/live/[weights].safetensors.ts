import "../../../loaders/pages/live/file.js";
