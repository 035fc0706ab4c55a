import { describe, expect, it } from "vitest";
import { DetectionClient, type MessagePort } from "../../../src/workers/detection/client.js";
import type { Request } from "../../../src/workers/detection/messages.js";

/** A worker that answers only as it is told to. */
function fakeWorker() {
  const asked: Request[] = [];
  const transferred: Transferable[] = [];
  const listeners = new Map<string, (event: never) => void>();
  let ended = false;
  const port: MessagePort = {
    postMessage(request, transfer) {
      asked.push(request);
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
    answer: (data: unknown) => tell("message", { data }),
    crash: (message: string) => tell("error", { message }),
    hasEnded: () => ended,
  };
}

const started = (id: number) => ({ type: "started", id, backend: "wasm", device: "", passedOver: [] });

describe("DetectionClient", () => {
  it("gives each request the answer of its id, in whatever order they come", async () => {
    const worker = fakeWorker();
    const client = new DetectionClient(worker.port);
    const start = client.start("auto");
    const file = new ArrayBuffer(8);
    const load = client.load(file, "a.safetensors");
    expect(worker.asked.map(({ type }) => type)).toEqual(["start", "load"]);
    expect(worker.transferred).toEqual([file]);
    const [first, second] = worker.asked.map(({ id }) => id);
    worker.answer({
      type: "loaded",
      id: second,
      model: "m",
      classes: ["boat"],
      parameters: 5,
      inputSize: [64, 64],
    });
    worker.answer(started(first!));
    expect((await start).backend).toBe("wasm");
    expect((await load).classes).toEqual(["boat"]);
  });

  it("rejects with the worker's own sentence", async () => {
    const worker = fakeWorker();
    const start = new DetectionClient(worker.port).start("webgpu");
    worker.answer({ type: "failed", id: worker.asked[0]!.id, message: "WebGPU cannot be used: no adapter." });
    await expect(start).rejects.toThrow("WebGPU cannot be used: no adapter.");
  });

  it("fails what waits, and what comes later, once the worker is broken, ended or not understood", async () => {
    for (const [happen, message] of [
      [(worker: ReturnType<typeof fakeWorker>) => worker.crash("no memory"), /could not run \(no memory\)/],
      [(worker: ReturnType<typeof fakeWorker>) => worker.answer({ type: "hello" }), /worker's message: type/],
    ] as const) {
      const worker = fakeWorker();
      const client = new DetectionClient(worker.port);
      const waiting = client.start("auto");
      happen(worker);
      await expect(waiting).rejects.toThrow(message);
      await expect(client.start("auto")).rejects.toThrow(message);
    }
    const worker = fakeWorker();
    const client = new DetectionClient(worker.port);
    const waiting = client.start("auto");
    client.end();
    await expect(waiting).rejects.toThrow("was ended");
    expect(worker.hasEnded()).toBe(true);
  });

  it("refuses an answer of another kind than was asked for", async () => {
    const worker = fakeWorker();
    const load = new DetectionClient(worker.port).load(new ArrayBuffer(0), "a");
    worker.answer(started(worker.asked[0]!.id));
    await expect(load).rejects.toThrow('answered "started" where "loaded" was due');
  });
});
