import "../../../loaders/site/font.js";
