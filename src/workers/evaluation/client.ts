import {
  type Classified,
  type EvaluationAnswer,
  type EvaluationRequest,
  type FileOfPage,
  type Measured,
  type Progress,
  parseEvaluationAnswer,
  type Resampled,
} from "./messages.js";

/** The part of a Worker that the client needs. */
export interface EvaluationPort {
  postMessage(message: EvaluationRequest): void;
  terminate(): void;
  addEventListener(type: "message", listener: (event: MessageEvent<unknown>) => void): void;
  addEventListener(type: "error", listener: (event: ErrorEvent) => void): void;
}

/** Which results to hold against which annotations. */
export interface EvaluationQuestion {
  readonly groundTruth: FileOfPage;
  readonly detections: FileOfPage;
  readonly iouType: "bbox" | "segm";
}

export interface ResampleQuestion extends EvaluationQuestion {
  readonly others: FileOfPage | null;
  readonly samples: number;
  readonly seed: number;
}

type ProgressListener = (progress: Progress) => void;
type FinalAnswer = Exclude<EvaluationAnswer, { readonly type: "progress" | "failed" }>;

interface Waiting {
  readonly resolve: (answer: FinalAnswer) => void;
  readonly reject: (error: Error) => void;
  readonly progress: ProgressListener;
}

function startWorker(): EvaluationPort {
  return new Worker(import.meta.resolve("./worker.js"), { type: "module" });
}

/**
 * The page's side of the evaluation worker: each question is a promise, answered in order. The worker starts with the
 * first question, and anew after it was cancelled or broke.
 */
export class EvaluationClient {
  private readonly start: () => EvaluationPort;
  private worker: EvaluationPort | null = null;
  private waiting = new Map<number, Waiting>();
  private nextId = 0;

  /** @param start makes a worker; the real one when absent */
  constructor(start: () => EvaluationPort = startWorker) {
    this.start = start;
  }

  /** COCO's numbers and curves. @throws Error, a sentence that names file, index and field */
  async measure(question: EvaluationQuestion, progress: ProgressListener): Promise<Measured> {
    const answer = await this.ask({ type: "measure", id: this.nextId++, ...question }, progress);
    return expected("measured", answer);
  }

  /** What kinds of errors there are, and what they cost. @throws Error as `measure` does */
  async classify(question: EvaluationQuestion, progress: ProgressListener): Promise<Classified> {
    const answer = await this.ask({ type: "classify", id: this.nextId++, ...question }, progress);
    return expected("classified", answer);
  }

  /** Intervals in which the numbers lie when images are drawn anew. @throws Error as `measure` does */
  async resample(question: ResampleQuestion, progress: ProgressListener): Promise<Resampled> {
    const answer = await this.ask({ type: "resample", id: this.nextId++, ...question }, progress);
    return expected("resampled", answer);
  }

  /** Ends what is being computed, at once; what waits for it is rejected with an error named "AbortError". */
  cancel(): void {
    const error = new Error("The evaluation was cancelled.");
    error.name = "AbortError";
    this.drop(error);
  }

  private ask(request: EvaluationRequest, progress: ProgressListener): Promise<FinalAnswer> {
    return new Promise((resolve, reject) => {
      this.waiting.set(request.id, { resolve, reject, progress });
      this.running().postMessage(request);
    });
  }

  private running(): EvaluationPort {
    if (this.worker !== null) return this.worker;
    const worker = this.start();
    this.worker = worker;
    worker.addEventListener("message", ({ data }) => {
      // What a worker said before it was ended may still be on its way.
      if (worker === this.worker) this.receive(data);
    });
    worker.addEventListener("error", ({ message }) => {
      if (worker !== this.worker) return;
      this.drop(
        new Error(
          `The evaluation worker could not go on (${message || "its program did not load"}); reload the page, or give smaller files.`,
        ),
      );
    });
    return worker;
  }

  private receive(data: unknown): void {
    let answer: EvaluationAnswer;
    try {
      answer = parseEvaluationAnswer(data);
    } catch (error) {
      // Whose answer it is cannot be known, so nobody's can be waited for.
      this.drop(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    const waiting = this.waiting.get(answer.id);
    if (answer.type === "progress") {
      waiting?.progress(answer);
      return;
    }
    this.waiting.delete(answer.id);
    if (answer.type === "failed") waiting?.reject(new Error(answer.message));
    else waiting?.resolve(answer);
  }

  private drop(error: Error): void {
    this.worker?.terminate();
    this.worker = null;
    const waiting = [...this.waiting.values()];
    this.waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}

function expected<Type extends FinalAnswer["type"]>(
  type: Type,
  answer: FinalAnswer,
): Extract<FinalAnswer, { readonly type: Type }> {
  if (isOf(type, answer)) return answer;
  throw new Error(`The evaluation worker answered "${answer.type}" where "${type}" was due.`);
}

function isOf<Type extends FinalAnswer["type"]>(
  type: Type,
  answer: FinalAnswer,
): answer is Extract<FinalAnswer, { readonly type: Type }> {
  return answer.type === type;
}
