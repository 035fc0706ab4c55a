import { describe, expect, it } from "vitest";
import type { SmallConnection } from "../../../src/architecture/drawing/smallConnection.js";
import { ResamplingClient, type ResamplingPort } from "../../../src/workers/resampling/client.js";
import { parseResamplingRequest } from "../../../src/workers/resampling/messages.js";

const connection: SmallConnection = {
  direction: "down",
  ratio: 2,
  alpha: 0.5,
  parent: "bottleneck",
  target: "residual",
};

/** Workers that answer only as they are told to. */
function fakeWorkers() {
  const asked: unknown[] = [];
  const listeners = new Map<string, (event: never) => void>();
  let [started, ended] = [0, 0];
  const start = (): ResamplingPort => {
    started++;
    return {
      postMessage: (message) => asked.push(message),
      terminate: () => ended++,
      addEventListener(type: string, listener: (event: never) => void) {
        listeners.set(type, listener);
      },
    };
  };
  const tell = (type: string, event: object) => listeners.get(type)?.(event as never);
  return { start, asked, tell, counts: () => [started, ended] };
}

const map = { step: "parent", height: 1, width: 1, channels: 1, values: new Float32Array(1) };

describe("ResamplingClient", () => {
  it("starts its worker with the first request, and gives each its own answer", async () => {
    const workers = fakeWorkers();
    const client = new ResamplingClient(workers.start);
    expect(workers.counts()).toEqual([0, 0]);
    const [first, second] = [client.resample(connection), client.resample({ ...connection, alpha: 1 })];
    expect(workers.counts()).toEqual([1, 0]);
    expect(workers.asked.map(parseResamplingRequest).map(({ id }) => id)).toEqual([0, 1]);
    workers.tell("message", { data: { type: "failed", id: 1, message: "no backend" } });
    workers.tell("message", { data: { type: "resampled", id: 0, backend: "wasm", maps: [map] } });
    await expect(second).rejects.toThrow("no backend");
    expect((await first).maps).toEqual([map]);
  });

  it("fails what waits when the worker breaks, is not understood or is ended, and starts another afterwards", async () => {
    const workers = fakeWorkers();
    const client = new ResamplingClient(workers.start);
    for (const [happen, message] of [
      [() => workers.tell("error", { message: "no memory" }), /could not run \(no memory\)/],
      [() => workers.tell("message", { data: { type: "hello" } }), /worker's message: type/],
      [() => client.end(), /was ended/],
    ] as const) {
      const waiting = client.resample(connection);
      happen();
      await expect(waiting).rejects.toThrow(message);
    }
    expect(workers.counts()).toEqual([3, 3]);
  });
});

describe("a message to the resampling worker", () => {
  it("that asks for what there is none of is refused by its field", () => {
    expect(() => parseResamplingRequest({ id: 0, connection: { ...connection, ratio: 3 } })).toThrow(
      /connection.ratio/,
    );
  });
});
