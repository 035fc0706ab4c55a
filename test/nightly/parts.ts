import { checkCamera } from "./camera.js";
import { checkCheckpoints } from "./checkpoints.js";
import { checkParsers } from "./parsers.js";
import type { NightlyPart } from "./part.js";
import { checkProperties } from "./properties.js";
import { checkResuming } from "./resume.js";
import { checkServer } from "./server.js";

/** The parts of the nightly, in the order in which they run. */
export const parts: readonly NightlyPart[] = [
  {
    name: "properties",
    title: "Properties of COCO's boxes, masks and run lengths",
    unit: "cases",
    runs: 100_000,
    run: checkProperties,
  },
  {
    name: "checkpoints",
    title: "TensorFlow checkpoints, damaged in every way",
    unit: "checkpoints",
    runs: 100_000,
    run: checkCheckpoints,
  },
  {
    name: "parsers",
    title: "Parsers of files, addresses, messages and flags, given mutated ones",
    unit: "cases",
    runs: 20_000,
    run: checkParsers,
  },
  {
    name: "resume",
    title: "Training that is ended at random moments and resumed",
    unit: "runs",
    runs: 20,
    run: checkResuming,
  },
  {
    name: "server",
    title: "Hostile requests to the site's server while its files are removed and rebuilt",
    unit: "requests",
    runs: 20_000,
    run: checkServer,
  },
  {
    name: "camera",
    title: "The camera of /live, left on for some ten minutes",
    unit: "frames",
    runs: 18_000,
    run: checkCamera,
  },
];
