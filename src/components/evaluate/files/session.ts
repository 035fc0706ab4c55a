import type {
  BootstrapIntervals,
  ErrorReport,
  EvaluationClient,
  EvaluationFile,
  EvaluationProgress,
  EvaluationQuestion,
  EvaluationStage,
  MeasuredResults,
} from "../../../messages/evaluation.js";
import { messageOf } from "../../../messages/messageOf.js";
import { shownText } from "../../../text/shownText.js";
import { type EvaluationFileKind, evaluationFileKind } from "./fileKind.js";

/** Results and, in the second place, others to compare with them. */
type Pair<Item> = readonly [first: Item, second: Item];
export type Side = 0 | 1;
export type Place = "annotations" | Side;

export interface Activity {
  readonly stage: EvaluationStage;
  /** Of the stage. */
  readonly fraction: number;
  /** The file it is about. */
  readonly file: string;
}

/** A results file, and what is known of it so far. */
interface ResultsFile {
  readonly file: EvaluationFile;
  readonly measured: MeasuredResults | null;
  readonly errors: ErrorReport | null;
}

export interface EvaluationState {
  readonly groundTruth: EvaluationFile | null;
  readonly results: Pair<ResultsFile | null>;
  readonly iouType: EvaluationQuestion["iouType"];
  readonly intervals: BootstrapIntervals | null;
  /** Null while nothing is computed. */
  readonly activity: Activity | null;
  /** Whether something is left to do that failed or was cancelled. */
  readonly stopped: boolean;
  /** What became of the files opened last, a sentence each. */
  readonly notice: string;
  /** A sentence about what went wrong last. */
  readonly problem: string | null;
}

/** A part of the page that shows the state. */
export interface EvaluationPart {
  readonly element: HTMLElement;
  show(state: EvaluationState): void;
}

interface EvaluationSessionOptions {
  readonly engine: EvaluationClient;
  readonly changed: (state: EvaluationState) => void;
}

/** How many bootstrap samples intervals are made from, and their seed. */
const drawing = { samples: 1000, seed: 1 };

const kindNames: Readonly<Record<EvaluationFileKind, string>> = {
  annotations: "annotations (an object with images, annotations and categories)",
  detections: "results (an array of detections)",
};

/** The state of a reader's files, apart from its display: the numbers always belong to the files that are open. */
export class EvaluationSession {
  private current: EvaluationState = {
    groundTruth: null,
    results: [null, null],
    iouType: "bbox",
    intervals: null,
    activity: null,
    stopped: false,
    notice: "",
    problem: null,
  };
  private nextKey = 0;
  private wantsIntervals = false;
  /** Incremented when the running task becomes useless; the answer of such a task is dropped. */
  private generation = 0;
  private working = false;
  /** Whose task is running: a side's, or both sides'. */
  private running: Side | "both" | null = null;

  constructor(private readonly options: EvaluationSessionOptions) {}

  get state(): EvaluationState {
    return this.current;
  }

  /**
   * Takes files, each for what its content says it is: annotations replace those before; results go to the place
   * they were opened for, else to the first empty one, else to the second.
   */
  async give(files: readonly { readonly name: string; readonly file: Blob }[], place?: Place): Promise<void> {
    this.set({ problem: null, notice: "" });
    const problems: string[] = [];
    const notices: string[] = [];
    for (const { name, file } of files) {
      try {
        const kind = await evaluationFileKind(file, name);
        const expected = place === undefined ? kind : place === "annotations" ? place : "detections";
        if (kind !== expected) {
          notices.push(
            `${shownText(name)} holds ${kindNames[kind]}, not ${kindNames[expected]}, and was used as such.`,
          );
        }
        this.put({ key: this.nextKey++, name, file }, kind, typeof place === "number" ? place : null);
      } catch (error) {
        problems.push(messageOf(error));
      }
    }
    this.set({ notice: notices.join(" "), problem: problems.join(" ") || null });
    await this.work();
  }

  /** Forgets a file; results in the second place move up. */
  async remove(place: Place): Promise<void> {
    this.set({ problem: null, notice: "", stopped: false });
    if (place === "annotations") {
      this.dropAll();
      this.set({ groundTruth: null });
    } else {
      this.dropIntervals();
      if (this.running !== null) this.abort();
      this.set({ results: [this.current.results[place === 0 ? 1 : 0], null] });
    }
    await this.work();
  }

  async useIouType(iouType: EvaluationQuestion["iouType"]): Promise<void> {
    this.dropAll();
    this.set({ iouType, problem: null, stopped: false });
    await this.work();
  }

  /** Resumes what failed or was cancelled. */
  async resume(): Promise<void> {
    this.set({ problem: null, stopped: false });
    await this.work();
  }

  /** Asks for bootstrap intervals of AP. */
  async bootstrap(): Promise<void> {
    this.wantsIntervals = true;
    this.set({ problem: null, stopped: false });
    await this.work();
  }

  /** Ends what is being computed, at once; what is measured already stays. */
  cancel(): void {
    if (this.running === null) return;
    // Intervals are computed on demand, so they are not left to do.
    this.wantsIntervals = false;
    this.set({ stopped: this.next() !== null, activity: null, notice: "Cancelled." });
    this.abort();
  }

  private put(file: EvaluationFile, kind: EvaluationFileKind, wanted: Side | null): void {
    if (kind === "annotations") {
      this.dropAll();
      this.set({ groundTruth: file, stopped: false });
      return;
    }
    const { results, stopped } = this.current;
    // Results that could not be read take up no place.
    const isFree = (side: Side) => results[side] === null || (stopped && results[side].measured === null);
    const side: Side = wanted === 1 && !isFree(0) ? 1 : (wanted ?? (isFree(0) ? 0 : 1));
    this.dropIntervals();
    if (this.running === side) this.abort();
    this.set({ results: withSide(results, side, unmeasured(file)), stopped: false });
  }

  private dropAll(): void {
    this.dropIntervals();
    if (this.running !== null) this.abort();
    const [first, second] = this.current.results;
    this.set({ results: [first && unmeasured(first.file), second && unmeasured(second.file)] });
  }

  private dropIntervals(): void {
    this.wantsIntervals = false;
    if (this.running === "both") this.abort();
    this.set({ intervals: null });
  }

  private abort(): void {
    this.generation++;
    this.running = null;
    this.options.engine.cancel();
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    for (let task = this.next(); task !== null; task = this.next()) {
      const { side, detections, run } = task;
      const generation = this.generation;
      this.running = side;
      try {
        const part = await run((stage, fraction) => {
          if (generation !== this.generation) return;
          const file = stage === "annotations" ? (this.current.groundTruth?.name ?? "") : detections.name;
          this.set({ activity: { stage, fraction, file } });
        });
        if (generation === this.generation) this.set(part(this.current));
      } catch (error) {
        if (generation !== this.generation) continue;
        this.wantsIntervals = false;
        this.set({ problem: messageOf(error), stopped: this.next() !== null });
      }
    }
    this.running = null;
    this.working = false;
    this.set({ activity: null });
  }

  /** What is to be computed next: numbers, then the errors that cost them, then intervals. */
  private next(): Task | null {
    const { engine } = this.options;
    const { groundTruth, results, intervals, iouType, stopped } = this.current;
    if (groundTruth === null || stopped) return null;
    const sides = ([0, 1] as const).flatMap((side) => {
      const found = results[side];
      if (found === null) return [];
      const detections = found.file;
      return [{ ...found, side, detections, question: { groundTruth, detections, iouType } }];
    });
    const next = sides.find(({ measured }) => measured === null);
    if (next !== undefined) {
      return task(
        next,
        (progress) => engine.measure(next.question, progress),
        (measured, state) => withFound(state, next.side, { measured }),
      );
    }
    const unexplained = sides.find(({ errors }) => errors === null);
    if (unexplained !== undefined) {
      return task(
        unexplained,
        (progress) => engine.classify(unexplained.question, progress),
        (errors, state) => withFound(state, unexplained.side, { errors }),
      );
    }
    const [first, second] = sides;
    if (!this.wantsIntervals || intervals !== null || first === undefined) return null;
    return task(
      { side: "both", detections: first.detections },
      (progress) =>
        engine.bootstrap({ ...first.question, others: second?.detections ?? null, ...drawing }, progress),
      (found) => ({ intervals: found }),
    );
  }

  private set(part: Partial<EvaluationState>): void {
    this.current = { ...this.current, ...part };
    this.options.changed(this.current);
  }
}

interface Task {
  readonly side: Side | "both";
  readonly detections: EvaluationFile;
  /** Resolves to what to set, computed from the state at that time. */
  readonly run: (
    progress: EvaluationProgress,
  ) => Promise<(state: EvaluationState) => Partial<EvaluationState>>;
}

function task<Found>(
  { side, detections }: Pick<Task, "side" | "detections">,
  ask: (progress: EvaluationProgress) => Promise<Found>,
  part: (found: Found, state: EvaluationState) => Partial<EvaluationState>,
): Task {
  return {
    side,
    detections,
    async run(progress) {
      const found = await ask(progress);
      return (state) => part(found, state);
    },
  };
}

const unmeasured = (file: EvaluationFile): ResultsFile => ({ file, measured: null, errors: null });

function withFound({ results }: EvaluationState, side: Side, found: Partial<ResultsFile>) {
  const before = results[side];
  return { results: withSide(results, side, before && { ...before, ...found }) };
}

function withSide<Item>([first, second]: Pair<Item>, side: Side, item: Item): Pair<Item> {
  return side === 0 ? [item, second] : [first, item];
}
