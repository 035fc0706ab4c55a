import { detectionProtocol } from "../../src/messages/detection.js";
import { evaluationProtocol } from "../../src/messages/evaluation.js";
import type { Engine, Protocol } from "../../src/messages/protocol.js";
import { resamplingProtocol } from "../../src/messages/resampling.js";
import { parseMessage, type Told, toldSchema } from "../../src/workers/envelope.js";
import { serve } from "../../src/workers/serve.js";
import { mutated } from "./mutations.js";
import type { ParserCheck } from "./parserCheck.js";

const file = (key: number) => ({ key, name: `${key}.json`, file: new Blob(["[]"]) });
const files = { groundTruth: file(0), detections: file(1), iouType: "bbox" };
const questions: readonly { readonly protocol: Protocol; readonly asked: readonly object[] }[] = [
  {
    protocol: detectionProtocol,
    asked: [
      { id: 1, kind: "start", question: { backend: "auto" } },
      { id: 2, kind: "load", question: { file: new ArrayBuffer(8), source: "a.safetensors" } },
      { id: 3, kind: "detect", question: { image: { width: 1, height: 1, close: 1 } } },
    ],
  },
  {
    protocol: evaluationProtocol,
    asked: [
      { id: 1, kind: "measure", question: files },
      { id: 2, kind: "classify", question: files },
      { id: 3, kind: "bootstrap", question: { ...files, others: file(2), samples: 10, seed: 1 } },
    ],
  },
  {
    protocol: resamplingProtocol,
    asked: [
      {
        id: 1,
        kind: "resample",
        question: { direction: "down", ratio: 2, alpha: 0.5, parent: "bottleneck", target: "residual" },
      },
    ],
  },
];
const told: readonly Told[] = [
  { type: "progress", id: 1, stage: "annotations", fraction: 0.5 },
  { type: "answered", id: 1, answer: { backend: "wasm", device: "", passedOver: [] } },
  { type: "failed", id: 1, message: "No." },
];

/** What pages and workers tell each other: each side refuses what the other should not have said. */
export function messageChecks(): ParserCheck[] {
  return [
    ...questions.map(({ protocol, asked }) => ({
      name: `messages to the ${protocol.name} worker`,
      inputs: mutated(asked),
      parse: (input: unknown) => ask(protocol, input),
      source: `The page's message to the ${protocol.name} worker: `,
    })),
    {
      name: "messages of workers",
      inputs: mutated(told),
      parse: (input) => parseMessage(toldSchema, input, "The worker's message"),
      source: "The worker's message: ",
    },
  ];
}

/** Posts a message to a worker whose engine answers anything it is asked. @throws Error with what the worker refuses */
async function ask(protocol: Protocol, data: unknown): Promise<void> {
  const engine = Object.fromEntries(
    Object.keys(protocol.questions).map((kind) => [kind, async () => ({})]),
  ) satisfies Engine<Protocol>;
  const answer = await new Promise<Told>((resolve) => {
    serve(protocol, engine, {
      postMessage: resolve,
      addEventListener: (_, listener) => listener({ data }),
    });
  });
  if (answer.type === "failed") throw new Error(answer.message);
}
