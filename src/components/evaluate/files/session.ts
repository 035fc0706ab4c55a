import type { IouType } from "../../../coco/types.js";
import type {
  ErrorReport,
  EvaluationEngine,
  EvaluationFile,
  EvaluationProgress,
  EvaluationQuestion,
  MeasuredResults,
  ResampledResults,
} from "./engine.js";
import { type EvaluationFileKind, evaluationFileKind } from "./fileKind.js";

/** Results and, in the second place, others to compare with them. */
export type Pair<Item> = readonly [first: Item, second: Item];
export type Side = 0 | 1;
export type Place = "annotations" | Side;

export interface Activity extends EvaluationProgress {
  /** The file it is about. */
  readonly file: string;
}

export interface EvaluationState {
  readonly groundTruth: EvaluationFile | null;
  readonly results: Pair<EvaluationFile | null>;
  readonly iouType: IouType;
  readonly measured: Pair<MeasuredResults | null>;
  readonly errors: Pair<ErrorReport | null>;
  readonly intervals: ResampledResults | null;
  /** Null while nothing is computed. */
  readonly activity: Activity | null;
  /** Whether something is left to do that failed or was cancelled. */
  readonly stopped: boolean;
  /** What became of the files given last, a sentence each. */
  readonly notice: string;
  /** A sentence about what went wrong last. */
  readonly problem: string | null;
}

export interface EvaluationSessionOptions {
  readonly engine: EvaluationEngine;
  readonly changed: (state: EvaluationState) => void;
  /** How many samples intervals are made of, and their seed. */
  readonly samples?: number;
  readonly seed?: number;
}

const kindNames: Readonly<Record<EvaluationFileKind, string>> = {
  annotations: "annotations (an object with images, annotations and categories)",
  detections: "results (an array of detections)",
};

/** What happens when with a reader's files, apart from how it looks: what is measured always fits what is given. */
export class EvaluationSession {
  private readonly engine: EvaluationEngine;
  private readonly changed: (state: EvaluationState) => void;
  private readonly samples: number;
  private readonly seed: number;
  private current: EvaluationState = {
    groundTruth: null,
    results: [null, null],
    iouType: "bbox",
    measured: [null, null],
    errors: [null, null],
    intervals: null,
    activity: null,
    stopped: false,
    notice: "",
    problem: null,
  };
  private nextKey = 0;
  private wantsIntervals = false;
  /** Counts what made the running task useless; what such a task answers is dropped. */
  private generation = 0;
  private working = false;
  /** Whose task is running: a side's, or both sides'. */
  private running: Side | "both" | null = null;

  constructor({ engine, changed, samples = 1000, seed = 1 }: EvaluationSessionOptions) {
    this.engine = engine;
    this.changed = changed;
    this.samples = samples;
    this.seed = seed;
  }

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
            `${name} holds ${kindNames[kind]}, not ${kindNames[expected]}, and was taken for what it is.`,
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
      const { results, measured, errors } = this.current;
      this.dropIntervals();
      if (this.running !== null) this.abort();
      this.set(
        place === 0
          ? {
              results: [results[1], null],
              measured: [measured[1], null],
              errors: [errors[1], null],
            }
          : { results: [results[0], null], measured: [measured[0], null], errors: [errors[0], null] },
      );
    }
    await this.work();
  }

  async useIouType(iouType: IouType): Promise<void> {
    this.dropAll();
    this.set({ iouType, problem: null, stopped: false });
    await this.work();
  }

  /** Takes up again what failed or was cancelled. */
  async goOn(): Promise<void> {
    this.set({ problem: null, stopped: false });
    await this.work();
  }

  /** Asks for intervals of AP, for which the images are drawn anew many times. */
  async resample(): Promise<void> {
    this.wantsIntervals = true;
    this.set({ problem: null, stopped: false });
    await this.work();
  }

  /** Ends what is being computed, at once; what is measured already stays. */
  cancel(): void {
    if (this.running === null) return;
    // Intervals are asked for by hand, so they are not left to do.
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
    const { results, measured, stopped } = this.current;
    // Results that could not be read hold no place.
    const isFree = (side: Side) => results[side] === null || (stopped && measured[side] === null);
    const side: Side = wanted === 1 && !isFree(0) ? 1 : (wanted ?? (isFree(0) ? 0 : 1));
    this.dropIntervals();
    if (this.running === side) this.abort();
    this.set({
      results: withSide(results, side, file),
      measured: withSide(measured, side, null),
      errors: withSide(this.current.errors, side, null),
      stopped: false,
    });
  }

  private dropAll(): void {
    this.dropIntervals();
    if (this.running !== null) this.abort();
    this.set({ measured: [null, null], errors: [null, null] });
  }

  private dropIntervals(): void {
    this.wantsIntervals = false;
    if (this.running === "both") this.abort();
    this.set({ intervals: null });
  }

  private abort(): void {
    this.generation++;
    this.running = null;
    this.engine.cancel();
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    for (let task = this.next(); task !== null; task = this.next()) {
      const generation = this.generation;
      this.running = task.side;
      try {
        const part = await task.run((progress) => {
          if (generation === this.generation) {
            this.set({ activity: { ...progress, file: task.fileOf(progress.stage) } });
          }
        });
        if (generation === this.generation) this.set(part());
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

  /** What is to be computed next: numbers, then why they are no better, then intervals. */
  private next(): Task | null {
    const { groundTruth, results, measured, errors, intervals, iouType, stopped } = this.current;
    if (groundTruth === null || stopped) return null;
    const fileOf = (detections: EvaluationFile) => (stage: EvaluationProgress["stage"]) =>
      stage === "annotations" ? groundTruth.name : detections.name;
    const sides: readonly Side[] = [0, 1];
    for (const side of sides) {
      const detections = results[side];
      if (detections === null || measured[side] !== null) continue;
      const question: EvaluationQuestion = { groundTruth, detections, iouType };
      return {
        side,
        fileOf: fileOf(detections),
        run: async (progress) => {
          const found = await this.engine.measure(question, progress);
          return () => ({ measured: withSide(this.current.measured, side, found) });
        },
      };
    }
    for (const side of sides) {
      const detections = results[side];
      if (detections === null || errors[side] !== null) continue;
      const question: EvaluationQuestion = { groundTruth, detections, iouType };
      return {
        side,
        fileOf: fileOf(detections),
        run: async (progress) => {
          const found = await this.engine.classify(question, progress);
          return () => ({ errors: withSide(this.current.errors, side, found) });
        },
      };
    }
    const [detections, others] = results;
    if (!this.wantsIntervals || intervals !== null || detections === null) return null;
    const [samples, seed] = [this.samples, this.seed];
    return {
      side: "both",
      fileOf: fileOf(detections),
      run: async (progress) => {
        const question = { groundTruth, detections, others, iouType, samples, seed };
        const found = await this.engine.resample(question, progress);
        return () => ({ intervals: found });
      },
    };
  }

  private set(part: Partial<EvaluationState>): void {
    this.current = { ...this.current, ...part };
    this.changed(this.current);
  }
}

interface Task {
  readonly side: Side | "both";
  readonly fileOf: (stage: EvaluationProgress["stage"]) => string;
  /** Resolves to what to set, computed from the state as it is by then. */
  readonly run: (progress: (progress: EvaluationProgress) => void) => Promise<() => Partial<EvaluationState>>;
}

function withSide<Item>([first, second]: Pair<Item>, side: Side, item: Item): Pair<Item> {
  return side === 0 ? [item, second] : [first, item];
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
