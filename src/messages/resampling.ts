import * as v from "valibot";
import { smallConnectionSchema, smallMapSchema } from "../architecture/drawing/smallConnection.js";
import { backendNames } from "./detection.js";
import type { Client, Engine, Protocol } from "./protocol.js";

/** Resampling of a small map, in a worker that brings tfjs only to readers who want to see tensors. */
export const resamplingProtocol = {
  name: "resampling",
  questions: {
    /** Resamples a small map as a connection would. Fails with the reason where no backend can be used. */
    resample: {
      question: smallConnectionSchema,
      answer: v.strictObject({
        /** What tfjs computed on. */
        backend: v.picklist(backendNames),
        maps: v.pipe(v.array(smallMapSchema), v.readonly()),
      }),
    },
  },
  stages: [],
  keepsState: false,
  remedy: "reload the page",
} as const satisfies Protocol;

type ResamplingProtocol = typeof resamplingProtocol;
export type ResamplingEngine = Engine<ResamplingProtocol>;
export type ResamplingClient = Client<ResamplingProtocol>;
