import { describe, expect, it } from "vitest";
import { type DetectionClient, detectionProtocol } from "../../src/messages/detection.js";
import { evaluationProtocol } from "../../src/messages/evaluation.js";
import type { Protocol } from "../../src/messages/protocol.js";
import { type WorkerPort, workerClient } from "../../src/workers/client.js";
import type { Asked } from "../../src/workers/envelope.js";

/** A worker that answers only as it is told to. */
function fakeWorker() {
  const asked: Asked[] = [];
  const transferred: Transferable[] = [];
  const listeners = new Map<string, (event: never) => void>();
  let ended = false;
  const port: WorkerPort = {
    postMessage(message, transfer) {
      asked.push(message);
      transferred.push(...transfer);
    },
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
    transferred,
    say: (data: unknown) => tell("message", { data }),
    answer: (id: number, answer: unknown) => tell("message", { data: { type: "answered", id, answer } }),
    fail: (id: number, message: string) => tell("message", { data: { type: "failed", id, message } }),
    crash: (message: string) => tell("error", { message }),
    hasEnded: () => ended,
  };
}

/** A client and the workers it started so far. */
function setUp<P extends Protocol>(protocol: P) {
  const workers: ReturnType<typeof fakeWorker>[] = [];
  const client = workerClient(protocol, () => {
    const worker = fakeWorker();
    workers.push(worker);
    return worker.port;
  });
  return { client, workers };
}

const file = (key: number) => ({ key, name: `${key}.json`, file: new Blob() });
const question = { groundTruth: file(0), detections: file(1), iouType: "bbox" } as const;
const nothing = () => {};
const classified = { ap: 0.5, errors: [], costliest: [] };
const started = { backend: "wasm", device: "", passedOver: [] };
const loaded = { model: "m", classes: ["boat"], parameters: 5, inputSize: [64, 64] };

describe("workerClient(protocol, start)", () => {
  it("starts no worker before the first question", () => {
    const { client, workers } = setUp(evaluationProtocol);
    expect(workers).toHaveLength(0);
    client.cancel();
    expect(workers).toHaveLength(0);
  });

  it("gives each question the answer of its id, in whatever order they come, and hands buffers over", async () => {
    const { client, workers } = setUp(detectionProtocol);
    const start = client.start({ backend: "auto" });
    const bytes = new ArrayBuffer(8);
    const load = client.load({ file: bytes, source: "a.safetensors" });
    const [worker] = workers;
    expect(worker!.asked).toEqual([
      { id: 0, kind: "start", question: { backend: "auto" } },
      { id: 1, kind: "load", question: { file: bytes, source: "a.safetensors" } },
    ]);
    expect(worker!.transferred).toEqual([bytes]);
    worker!.answer(1, loaded);
    worker!.answer(0, started);
    expect((await start).backend).toBe("wasm");
    expect((await load).classes).toEqual(["boat"]);
    expect(workers).toHaveLength(1);
  });

  it("tells progress of the question it belongs to, then gives the answer", async () => {
    const { client, workers } = setUp(evaluationProtocol);
    const told: [string, string, number][] = [];
    const first = client.classify(question, (...progress) => told.push(["first", ...progress]));
    const second = client.classify(question, (...progress) => told.push(["second", ...progress]));
    expect(workers).toHaveLength(1);
    const [worker] = workers;
    const [a, b] = worker!.asked.map(({ id }) => id);
    worker!.say({ type: "progress", id: b, stage: "detections", fraction: 0.5 });
    worker!.say({ type: "progress", id: a, stage: "errors", fraction: 1 });
    expect(told).toEqual([
      ["second", "detections", 0.5],
      ["first", "errors", 1],
    ]);
    worker!.answer(b!, { ...classified, ap: 0.25 });
    worker!.answer(a!, classified);
    expect((await first).ap).toBe(0.5);
    expect((await second).ap).toBe(0.25);
  });

  it("rejects with the worker's own sentence, and asks the same worker next", async () => {
    const { client, workers } = setUp(evaluationProtocol);
    const measure = client.measure(question, nothing);
    workers[0]!.fail(workers[0]!.asked[0]!.id, "1.json: [3].bbox: missing.");
    await expect(measure).rejects.toThrow("1.json: [3].bbox: missing.");
    client.classify(question, nothing);
    expect(workers).toHaveLength(1);
  });

  it("ends the worker at once when cancelled, hears it no more, and starts another for the next question", async () => {
    const { client, workers } = setUp(evaluationProtocol);
    const measure = client.measure(question, nothing);
    client.cancel();
    await expect(measure).rejects.toMatchObject({ name: "AbortError" });
    expect(workers[0]!.hasEnded()).toBe(true);

    const classify = client.classify(question, nothing);
    expect(workers).toHaveLength(2);
    const { id } = workers[1]!.asked[0]!;
    workers[0]!.crash("late");
    workers[0]!.fail(id, "late");
    workers[1]!.answer(id, classified);
    expect((await classify).ap).toBe(0.5);
  });

  const breakages = [
    [
      (worker: ReturnType<typeof fakeWorker>) => worker.crash("no memory"),
      /broke off \(no memory\); (reload|choose)/,
    ],
    [(worker: ReturnType<typeof fakeWorker>) => worker.say({ type: "hello" }), /worker's message: type/],
  ] as const;

  it("fails what waits when the worker breaks or is not understood, and starts another for the next question", async () => {
    for (const [happen, message] of breakages) {
      const { client, workers } = setUp(evaluationProtocol);
      const measure = client.measure(question, nothing);
      happen(workers[0]!);
      await expect(measure).rejects.toThrow(message);
      expect(workers[0]!.hasEnded()).toBe(true);
      client.measure(question, nothing).catch(nothing);
      expect(workers).toHaveLength(2);
    }
  });

  it("fails later questions too where the worker kept state that is lost", async () => {
    for (const [happen, message] of breakages) {
      const { client, workers } = setUp(detectionProtocol);
      const waiting = client.start({ backend: "auto" });
      happen(workers[0]!);
      await expect(waiting).rejects.toThrow(message);
      await expect(client.start({ backend: "auto" })).rejects.toThrow(message);
      expect(workers).toHaveLength(1);
    }
    const { client, workers } = setUp(detectionProtocol);
    const waiting = client.start({ backend: "auto" });
    client.cancel();
    await expect(waiting).rejects.toThrow("was ended");
    await expect(client.start({ backend: "auto" })).rejects.toThrow("was ended");
    expect(workers[0]!.hasEnded()).toBe(true);
  });

  it("starts another worker where that is asked for, whether the one before broke, hangs or was cancelled", async () => {
    const endings = [
      (_client: DetectionClient, worker: ReturnType<typeof fakeWorker>) => worker.crash("no memory"),
      (client: DetectionClient) => client.cancel(),
      () => {},
    ];
    for (const end of endings) {
      const { client, workers } = setUp(detectionProtocol);
      const waiting = client.start({ backend: "auto" });
      end(client, workers[0]!);
      client.restart();
      await expect(waiting).rejects.toThrow(/broke off|was ended/);
      expect(workers[0]!.hasEnded()).toBe(true);
      const again = client.start({ backend: "wasm" });
      workers[1]!.answer(workers[1]!.asked[0]!.id, started);
      expect(await again).toEqual(started);
    }
  });

  it("refuses an answer of another kind than was asked for", async () => {
    const { client, workers } = setUp(detectionProtocol);
    const load = client.load({ file: new ArrayBuffer(0), source: "a" });
    workers[0]!.answer(0, started);
    await expect(load).rejects.toThrow("The detection worker's message: model: missing, but required.");
  });
});
