import {
  type Answer,
  type BackendChoice,
  type Detected,
  type Loaded,
  parseAnswer,
  type Request,
  type Started,
} from "./messages.js";

/** The part of a Worker that the client needs. */
export interface MessagePort {
  postMessage(message: Request, transfer: Transferable[]): void;
  terminate(): void;
  addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
  addEventListener(type: "error", listener: (event: ErrorEvent) => void): void;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

function startWorker(): MessagePort {
  return new Worker(import.meta.resolve("./worker.js"), { type: "module" });
}

/** The page's side of the detection worker: each request is a promise, answered in order. */
export class DetectionClient {
  private worker: MessagePort;
  private waiting = new Map<number, Waiting>();
  private nextId = 0;
  private broken: Error | null = null;

  /** @param worker the worker itself when absent */
  constructor(worker: MessagePort = startWorker()) {
    this.worker = worker;
    worker.addEventListener("message", ({ data }) => this.receive(data));
    worker.addEventListener("error", ({ message }) =>
      this.break(
        new Error(
          `The detection worker could not run (${message || "its program did not load"}); reload the page.`,
        ),
      ),
    );
  }

  /**
   * Starts tfjs on a backend; comes before everything else.
   *
   * @throws Error with the reason, if the backend named, or any, cannot be had.
   */
  async start(backend: BackendChoice): Promise<Started> {
    const id = this.takeId();
    return expected("started", await this.ask({ type: "start", id, backend }));
  }

  /**
   * Gives the worker weights to detect with, in the place of those before.
   *
   * @param file a weights file's bytes; the buffer is handed over and empty afterwards
   * @throws Error naming the source and what is wrong with it; the weights before stay in use.
   */
  async load(file: ArrayBuffer, source: string): Promise<Loaded> {
    const id = this.takeId();
    return expected("loaded", await this.ask({ type: "load", id, file, source }, [file]));
  }

  /** Objects in an image, best first, down to a score of 0.05. @param image handed over, and closed */
  async detect(image: ImageBitmap): Promise<Detected> {
    const id = this.takeId();
    return expected("detected", await this.ask({ type: "detect", id, image }, [image]));
  }

  /** Ends the worker; what it has not answered fails. */
  end(): void {
    this.worker.terminate();
    this.break(new Error("The detection worker was ended."));
  }

  private takeId(): number {
    return this.nextId++;
  }

  private ask(request: Request, transfer: Transferable[] = []): Promise<Answer> {
    if (this.broken !== null) return Promise.reject(this.broken);
    return new Promise((resolve, reject) => {
      this.waiting.set(request.id, { resolve, reject });
      this.worker.postMessage(request, transfer);
    });
  }

  private receive(data: unknown): void {
    let answer: Answer;
    try {
      answer = parseAnswer(data);
    } catch (error) {
      // Whose answer it is cannot be known, so nobody's can be waited for.
      this.break(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (answer.type === "failed") waiting?.reject(new Error(answer.message));
    else waiting?.resolve(answer);
  }

  private break(error: Error): void {
    this.broken ??= error;
    for (const { reject } of this.waiting.values()) reject(this.broken);
    this.waiting.clear();
  }
}

function expected<Type extends Answer["type"]>(
  type: Type,
  answer: Answer,
): Extract<Answer, { readonly type: Type }> {
  if (isOf(type, answer)) return answer;
  throw new Error(`The detection worker answered "${answer.type}" where "${type}" was due.`);
}

function isOf<Type extends Answer["type"]>(
  type: Type,
  answer: Answer,
): answer is Extract<Answer, { readonly type: Type }> {
  return answer.type === type;
}
