import "../../../loaders/pages/live/writeAttachment.js";
