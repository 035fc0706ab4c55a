import { describe, expect, it, onTestFinished } from "vitest";
import { evaluationProtocol } from "../../src/messages/evaluation.js";
import type { Engine } from "../../src/messages/protocol.js";
import { workerClient } from "../../src/workers/client.js";
import { serve } from "../../src/workers/serve.js";

const file = (key: number) => ({ key, name: `${key}.json`, file: new Blob(["[]"]) });
const question = { groundTruth: file(0), detections: file(1), iouType: "bbox" } as const;
const nothing = () => {};
const report = { ap: 0.5, errors: [], costliest: [] };
const measured = {
  images: 0,
  annotations: 0,
  detections: 0,
  remarks: [],
  categories: [{ id: 1, name: "boat", objects: 0, detections: 0 }],
  stats: new Array<number>(12).fill(-1),
  perCategoryAP: Float64Array.of(-1),
  iouThresholds: [0.5],
  recallThresholds: [0],
  precision: Float64Array.of(-1),
  scores: Float64Array.of(-1),
  milliseconds: 0,
};

type EvaluationEngine = Engine<typeof evaluationProtocol>;

/** Serves a page through a channel that clones and transfers as that of a worker does. */
function serving(part: Partial<EvaluationEngine>) {
  const unasked = () => Promise.reject(new Error("nobody asks this"));
  const { port1, port2 } = new MessageChannel();
  serve(evaluationProtocol, { measure: unasked, classify: unasked, bootstrap: unasked, ...part }, port2);
  port1.start();
  port2.start();
  onTestFinished(() => port1.close());
  return {
    port: port1,
    client: workerClient(evaluationProtocol, () => Object.assign(port1, { terminate() {} })),
  };
}

describe("serve(protocol, engine)", () => {
  it("answers a client's questions one after the other", async () => {
    const order: string[] = [];
    const { client } = serving({
      async classify({ detections }) {
        order.push(`begins ${detections.key}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push(`ends ${detections.key}`);
        return report;
      },
    });
    const answers = [1, 2].map((key) => client.classify({ ...question, detections: file(key) }, nothing));
    expect(await Promise.all(answers)).toEqual([report, report]);
    expect(order).toEqual(["begins 1", "ends 1", "begins 2", "ends 2"]);
  });

  it("reports progress in increments of a hundredth, and the end of each stage", async () => {
    const { client } = serving({
      async classify(_, progress) {
        for (const fraction of [0, 0.001, 0.005, 0.5, 0.505, 1]) progress("detections", fraction);
        progress("errors", 0);
        return report;
      },
    });
    const told: (string | number)[][] = [];
    await client.classify(question, (...progress) => told.push(progress));
    expect(told).toEqual([
      ["detections", 0],
      ["detections", 0.5],
      ["detections", 1],
      ["errors", 0],
    ]);
  });

  it("hands over the columns of an answer", async () => {
    const { client } = serving({ measure: async () => measured });
    const { precision } = await client.measure(question, nothing);
    expect([...precision]).toEqual([-1]);
    expect(measured.precision).toHaveLength(0);
  });

  it("fails a question with the sentence of what was thrown, and answers the next", async () => {
    const { client } = serving({
      async measure() {
        throw new Error("1.json: [3].bbox: missing.");
      },
      classify: async () => report,
    });
    await expect(client.measure(question, nothing)).rejects.toThrow("1.json: [3].bbox: missing.");
    expect(await client.classify(question, nothing)).toEqual(report);
  });

  it("refuses a question that its protocol does not know, naming the field", async () => {
    const { port } = serving({});
    const said: unknown[] = [];
    port.addEventListener("message", ({ data }) => said.push(data));
    port.postMessage({ id: 0, kind: "measure", question: { ...question, iouType: "keypoints" } });
    port.postMessage({ id: 1, kind: "stop", question: {} });
    await expect.poll(() => said).toHaveLength(2);
    expect(said).toMatchObject(
      [
        {
          type: "failed",
          id: 0,
          message: /^The page's message to the evaluation worker: iouType: is "keypoints"/,
        },
        { type: "failed", id: 1, message: /kind: is "stop", which it cannot answer/ },
      ].map(({ message, ...rest }) => ({ ...rest, message: expect.stringMatching(message) })),
    );
  });
});
