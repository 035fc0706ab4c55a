import { describe, expect, it } from "vitest";
import { EvaluationClient, type EvaluationPort } from "../../../src/workers/evaluation/client.js";
import type { EvaluationRequest, Progress } from "../../../src/workers/evaluation/messages.js";

/** A worker that answers only as it is told to. */
function fakeWorker() {
  const asked: EvaluationRequest[] = [];
  const listeners = new Map<string, (event: never) => void>();
  let ended = false;
  const port: EvaluationPort = {
    postMessage: (request) => asked.push(request),
    terminate() {
      ended = true;
    },
    addEventListener(type: string, listener: (event: never) => void) {
      listeners.set(type, listener);
    },
  };
  const tell = (type: string, event: object) => listeners.get(type)?.(event as never);
  return {
    port,
    asked,
    answer: (data: unknown) => tell("message", { data }),
    crash: (message: string) => tell("error", { message }),
    hasEnded: () => ended,
  };
}

/** A client and the workers it started so far. */
function setUp() {
  const workers: ReturnType<typeof fakeWorker>[] = [];
  const client = new EvaluationClient(() => {
    const worker = fakeWorker();
    workers.push(worker);
    return worker.port;
  });
  return { client, workers };
}

const file = (key: number) => ({ key, name: `${key}.json`, file: new Blob() });
const question = { groundTruth: file(0), detections: file(1), iouType: "bbox" } as const;
const nothing = () => {};
const classified = (id: number) => ({ type: "classified", id, ap: 0.5, errors: [], costliest: [] });

describe("EvaluationClient", () => {
  it("starts no worker before the first question", () => {
    const { client, workers } = setUp();
    expect(workers).toHaveLength(0);
    client.cancel();
    expect(workers).toHaveLength(0);
  });

  it("tells progress of the question it belongs to, then gives the answer", async () => {
    const { client, workers } = setUp();
    const told: [string, Progress][] = [];
    const first = client.classify(question, (progress) => told.push(["first", progress]));
    const second = client.classify(question, (progress) => told.push(["second", progress]));
    expect(workers).toHaveLength(1);
    const [worker] = workers;
    const [a, b] = worker!.asked.map(({ id }) => id);
    worker!.answer({ type: "progress", id: b, stage: "detections", fraction: 0.5 });
    worker!.answer({ type: "progress", id: a, stage: "errors", fraction: 1 });
    expect(told).toMatchObject([
      ["second", { stage: "detections", fraction: 0.5 }],
      ["first", { stage: "errors", fraction: 1 }],
    ]);
    worker!.answer(classified(b!));
    worker!.answer(classified(a!));
    expect((await first).id).toBe(a);
    expect((await second).id).toBe(b);
  });

  it("rejects with the worker's own sentence, and asks the same worker on", async () => {
    const { client, workers } = setUp();
    const measure = client.measure(question, nothing);
    workers[0]!.answer({
      type: "failed",
      id: workers[0]!.asked[0]!.id,
      message: "1.json: [3].bbox: missing.",
    });
    await expect(measure).rejects.toThrow("1.json: [3].bbox: missing.");
    client.classify(question, nothing);
    expect(workers).toHaveLength(1);
  });

  it("ends the worker at once when cancelled, hears it no more, and starts another for the next question", async () => {
    const { client, workers } = setUp();
    const measure = client.measure(question, nothing);
    client.cancel();
    await expect(measure).rejects.toMatchObject({ name: "AbortError" });
    expect(workers[0]!.hasEnded()).toBe(true);

    const classify = client.classify(question, nothing);
    expect(workers).toHaveLength(2);
    const { id } = workers[1]!.asked[0]!;
    workers[0]!.crash("late");
    workers[0]!.answer({ type: "failed", id, message: "late" });
    workers[1]!.answer(classified(id));
    expect((await classify).id).toBe(id);
  });

  it("fails what waits when the worker breaks or is not understood, and starts another for the next question", async () => {
    for (const [happen, message] of [
      [(worker: ReturnType<typeof fakeWorker>) => worker.crash("no memory"), /could not go on \(no memory\)/],
      [(worker: ReturnType<typeof fakeWorker>) => worker.answer({ type: "hello" }), /worker's message: type/],
    ] as const) {
      const { client, workers } = setUp();
      const measure = client.measure(question, nothing);
      happen(workers[0]!);
      await expect(measure).rejects.toThrow(message);
      expect(workers[0]!.hasEnded()).toBe(true);
      client.measure(question, nothing).catch(nothing);
      expect(workers).toHaveLength(2);
    }
  });

  it("refuses an answer of another kind than was asked for", async () => {
    const { client, workers } = setUp();
    const measure = client.measure(question, nothing);
    workers[0]!.answer(classified(workers[0]!.asked[0]!.id));
    await expect(measure).rejects.toThrow('answered "classified" where "measured" was due');
  });
});
