import type { SmallConnection, SmallMap } from "../../architecture/drawing/smallConnection.js";
import { parseResamplingAnswer } from "./messages.js";

/** The part of a Worker that the client needs. */
export interface ResamplingPort {
  postMessage(message: unknown): void;
  terminate(): void;
  addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
  addEventListener(type: "error", listener: (event: ErrorEvent) => void): void;
}

export interface Resampled {
  /** What tfjs computed on: "webgpu", "webgl" or "wasm". */
  readonly backend: string;
  readonly maps: readonly SmallMap[];
}

interface Waiting {
  readonly resolve: (resampled: Resampled) => void;
  readonly reject: (error: Error) => void;
}

function startWorker(): ResamplingPort {
  return new Worker(import.meta.resolve("./worker.js"), { type: "module" });
}

/** The page's side of the resampling worker, which starts, and loads tfjs, with the first request. */
export class ResamplingClient {
  private start: () => ResamplingPort;
  private worker: ResamplingPort | null = null;
  private waiting = new Map<number, Waiting>();
  private nextId = 0;

  /** @param start makes the worker; the worker itself when absent */
  constructor(start: () => ResamplingPort = startWorker) {
    this.start = start;
  }

  /**
   * Resamples a small map as a connection would.
   *
   * @throws Error with the reason, if no backend can be had or the worker cannot run.
   */
  resample(connection: SmallConnection): Promise<Resampled> {
    const worker = this.worker ?? this.open();
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ id, connection });
    });
  }

  /** Ends the worker; what it has not answered fails. */
  end(): void {
    this.fail(new Error("The resampling worker was ended."));
  }

  private open(): ResamplingPort {
    const worker = this.start();
    worker.addEventListener("message", ({ data }) => this.receive(data));
    worker.addEventListener("error", ({ message }) =>
      this.fail(
        new Error(
          `The resampling worker could not run (${message || "its program did not load"}); reload the page.`,
        ),
      ),
    );
    this.worker = worker;
    return worker;
  }

  private receive(data: unknown): void {
    try {
      const answer = parseResamplingAnswer(data);
      const waiting = this.waiting.get(answer.id);
      this.waiting.delete(answer.id);
      if (answer.type === "failed") waiting?.reject(new Error(answer.message));
      else waiting?.resolve(answer);
    } catch (error) {
      // Whose answer it is cannot be known, so nobody's can be waited for.
      this.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private fail(error: Error): void {
    this.worker?.terminate();
    this.worker = null;
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }
}
