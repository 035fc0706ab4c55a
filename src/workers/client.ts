import { type Client, lostWorker, type Protocol } from "../messages/protocol.js";
import { type Asked, parseMessage, toldSchema, transferred } from "./envelope.js";

/** The part of a Worker that a client needs. */
export interface WorkerPort {
  postMessage(message: Asked, transfer: Transferable[]): void;
  terminate(): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "error", listener: (event: { readonly message: string }) => void): void;
}

/**
 * The page's side of a worker: each question is a promise. The worker starts with the first question and, unless it
 * keeps state, again with the next one after it broke or was cancelled; with state, after `restart`. Buffers and images in a question are handed
 * over, and empty afterwards. A question that fails is rejected with the worker's own sentence.
 *
 * @param start makes the worker
 */
export function workerClient<P extends Protocol>(protocol: P, start: () => WorkerPort): Client<P>;
export function workerClient(protocol: Protocol, start: () => WorkerPort): Client<Protocol> {
  const questions = new OpenQuestions(protocol, start);
  const engine = Object.keys(protocol.questions).map((kind) => [
    kind,
    (question: object, progress?: Progress) => questions.ask(kind, question, progress),
  ]);
  return Object.assign(Object.fromEntries(engine), {
    cancel: () => questions.cancel(),
    restart: () => questions.restart(),
  });
}

type Progress = (stage: string, fraction: number) => void;

interface OpenQuestion {
  readonly kind: string;
  readonly progress: Progress | undefined;
  readonly resolve: (answer: object) => void;
  readonly reject: (error: Error) => void;
}

/** The worker, while it runs, and the questions that it has not answered. */
class OpenQuestions {
  private worker: WorkerPort | null = null;
  private readonly open = new Map<number, OpenQuestion>();
  private nextId = 0;
  /** Why a worker that keeps state is gone for good. */
  private lost: Error | null = null;

  constructor(
    private readonly protocol: Protocol,
    private readonly start: () => WorkerPort,
  ) {}

  ask(kind: string, question: object, progress: Progress | undefined): Promise<object> {
    if (this.lost !== null) return Promise.reject(this.lost);
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.worker ??= this.started();
      this.open.set(id, { kind, progress, resolve, reject });
      this.worker.postMessage({ id, kind, question }, transferred(question));
    });
  }

  cancel(): void {
    const error = new Error(`The ${this.protocol.name} worker was ended.`);
    error.name = "AbortError";
    this.drop(error);
  }

  restart(): void {
    this.cancel();
    this.lost = null;
  }

  private started(): WorkerPort {
    const { name, remedy } = this.protocol;
    const worker = this.start();
    // What a worker posted before it was ended may still be on its way.
    worker.addEventListener("message", ({ data }) => {
      if (worker === this.worker) this.receive(data);
    });
    worker.addEventListener("error", ({ message }) => {
      if (worker !== this.worker) return;
      const reason = message || "its program did not load";
      this.breakOff(new Error(`The ${name} worker broke off (${reason}); ${remedy}.`));
    });
    return worker;
  }

  private receive(data: unknown): void {
    const what = `The ${this.protocol.name} worker's message`;
    try {
      const told = parseMessage(toldSchema, data, what);
      const question = this.open.get(told.id);
      if (question === undefined) return;
      if (told.type === "progress") {
        question.progress?.(told.stage, told.fraction);
        return;
      }
      if (told.type === "failed") question.reject(new Error(told.message));
      else question.resolve(parseMessage(this.protocol.questions[question.kind]!.answer, told.answer, what));
      this.open.delete(told.id);
    } catch (error) {
      // A worker that is not understood cannot be waited for.
      this.breakOff(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private breakOff(error: Error): void {
    error.name = lostWorker;
    this.drop(error);
  }

  private drop(error: Error): void {
    this.worker?.terminate();
    this.worker = null;
    if (this.protocol.keepsState) this.lost ??= error;
    const open = [...this.open.values()];
    this.open.clear();
    for (const { reject } of open) reject(error);
  }
}
