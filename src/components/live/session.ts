import type {
  BackendChoice,
  DetectionClient,
  FoundObject,
  LoadedWeights,
  StartedBackend,
} from "../../messages/detection.js";
import { messageOf } from "../../messages/messageOf.js";
import { lostWorker } from "../../messages/protocol.js";
import type { OpenedImage } from "./openImage.js";

/** Weights to detect with. */
export interface WeightsChoice {
  /** The file's name, for messages. */
  readonly source: string;
  readonly title: string;
  /** Empty until they are loaded, for weights of the reader's own. */
  readonly classes: readonly string[];
  /** What they find in samples, by the sample's id. */
  readonly stored: Readonly<Record<string, readonly FoundObject[]>>;
  /** The bytes of a weights file, or a TensorFlow checkpoint's files. */
  fetch(): Promise<ArrayBuffer | readonly File[]>;
}

export interface Picture extends OpenedImage {
  /** Of a sample; null for a picture of the reader's own. */
  readonly sample: string | null;
  /** One of many that follow one another, from a camera. */
  readonly moving: boolean;
}

export interface Outcome {
  /** Best first, in pixels of the picture itself. */
  readonly objects: readonly FoundObject[];
  /** "stored" was computed when the site was built, "live" in this page. */
  readonly origin: "stored" | "live";
  readonly milliseconds: number;
  readonly first: boolean;
}

export interface SessionState {
  readonly engine: StartedBackend | null;
  readonly weights: {
    readonly title: string;
    readonly classes: readonly string[];
    /** Null until they are loaded. */
    readonly loaded: LoadedWeights | null;
  } | null;
  readonly picture: Picture | null;
  readonly outcome: Outcome | null;
  /** What is being done at the moment; empty while nothing is. */
  readonly activity: string;
  /** A sentence about what went wrong last. */
  readonly problem: string | null;
}

/** What detects, and can be ended and started again. */
export type LiveEngine = Omit<DetectionClient, "cancel">;

const usualPatience = 3000;

interface SessionOptions {
  readonly engine: LiveEngine;
  /** How long weights wait for what the engine is doing before it is ended and started again, in milliseconds. */
  readonly patience?: number;
  readonly changed: (state: SessionState) => void;
  /** How to copy a picture: what the engine is given, it closes. */
  readonly copy?: (image: ImageBitmap) => Promise<ImageBitmap>;
}

/** The state of /live, apart from its display: weights, pictures and outcomes, none of them out of date. */
export class LiveSession {
  private current: SessionState = {
    engine: null,
    weights: null,
    picture: null,
    outcome: null,
    activity: "",
    problem: null,
  };
  private weights: WeightsChoice | null = null;
  /** Whether a backend was started; without one, stored results are all there is. */
  private started: Promise<boolean> = Promise.resolve(false);
  private backend: BackendChoice | null = null;
  private ready = false;
  /** Settles when the engine has answered about all weights and pictures. */
  private answered: Promise<unknown> = Promise.resolve();
  /** The engine has lost what it was told, and needs to be started again. */
  private broken = false;
  /** Counts questions; the outcome of an earlier one is dropped. */
  private question = 0;
  private choice = 0;

  constructor(private readonly options: SessionOptions) {}

  get state(): SessionState {
    return this.current;
  }

  /** Says what went wrong; null takes it back. */
  complain(problem: string | null): void {
    this.set({ problem });
  }

  /** Starts the engine, which everything else then waits for. */
  start(backend: BackendChoice): void {
    this.backend = backend;
    this.started = this.options.engine.start({ backend }).then(
      (engine) => {
        this.set({ engine });
        return true;
      },
      (error: unknown) => {
        if (!isEnded(error)) this.set({ problem: messageOf(error) });
        return false;
      },
    );
  }

  /** Loads weights and detects with them; those before stay in use where that fails. */
  async useWeights(weights: WeightsChoice): Promise<void> {
    const before = { weights: this.weights, state: this.current, ready: this.ready };
    const choice = ++this.choice;
    this.question++;
    this.weights = weights;
    this.ready = false;
    this.set({
      weights: { title: weights.title, classes: weights.classes, loaded: null },
      outcome: this.storedOutcome(this.current.picture),
      activity: "Loading weights …",
    });
    let restarted = false;
    try {
      const [file] = await Promise.all([weights.fetch(), this.started]);
      restarted = await this.freeEngine(choice);
      const started = await this.started;
      if (choice !== this.choice) return;
      if (!started) {
        this.set({ activity: "" });
        return;
      }
      const loaded = await this.asked(this.load(file, weights.source));
      if (choice !== this.choice) return;
      this.ready = true;
      this.set({ weights: { title: weights.title, classes: loaded.classes, loaded }, activity: "" });
    } catch (error) {
      if (choice !== this.choice) return;
      const lost = restarted || this.broken;
      this.weights = before.weights;
      this.ready = before.ready && !lost;
      const { weights: kept, outcome } = before.state;
      this.set({ weights: kept, outcome, activity: "", problem: messageOf(error) });
      if (lost && before.ready && before.weights) await this.useWeights(before.weights);
      return;
    }
    await this.detect();
  }

  /** Shows a picture and detects in it. */
  async usePicture(picture: Picture): Promise<void> {
    this.question++;
    const before = this.current.picture;
    const outcome = this.storedOutcome(picture);
    this.set({ picture, outcome });
    before?.bitmap.close();
    await this.detect();
  }

  /**
   * Detects in one of many pictures, such as a camera's, and shows it together with what was found, so that boxes fit
   * what is seen. Resolves when the next one may come.
   */
  async useFrame(picture: Picture): Promise<void> {
    const question = ++this.question;
    const found = this.ready ? await this.ask(picture) : null;
    if (question !== this.question) {
      picture.bitmap.close();
      return;
    }
    const before = this.current.picture;
    this.set({ picture, outcome: found });
    before?.bitmap.close();
  }

  /** No frame that is still on its way will be shown. */
  dropFrames(): void {
    this.question++;
  }

  private load(file: ArrayBuffer | readonly File[], source: string): Promise<LoadedWeights> {
    const { engine } = this.options;
    return file instanceof ArrayBuffer
      ? engine.load({ file, source })
      : engine.loadCheckpoint({ files: file });
  }

  private async detect(): Promise<void> {
    const { picture } = this.current;
    if (picture === null || !this.ready) return;
    const question = ++this.question;
    this.set({ activity: "Detecting …" });
    try {
      const outcome = await this.ask(picture);
      if (question === this.question) this.set({ outcome, activity: "" });
    } catch (error) {
      if (question === this.question) this.set({ activity: "", problem: messageOf(error) });
    }
  }

  private async ask({ bitmap, width, height }: Picture): Promise<Outcome> {
    const [across, down] = [width / bitmap.width, height / bitmap.height];
    const { engine, copy = createImageBitmap } = this.options;
    const image = await copy(bitmap);
    const { objects, milliseconds, first } = await this.asked(engine.detect({ image }));
    const inPicture = objects.map(({ bbox: [x, y, w, h], ...rest }): FoundObject => {
      return { ...rest, bbox: [x * across, y * down, w * across, h * down] };
    });
    return { objects: inPicture, origin: "live", milliseconds, first };
  }

  /**
   * Waits for the engine to finish what it was asked. If that takes too long, or the engine is broken, ends it and starts
   * it again, so that weights or a picture that it cannot cope with hold up none that follow.
   *
   * @returns whether it was started again
   */
  private async freeEngine(choice: number): Promise<boolean> {
    const { engine, patience = usualPatience } = this.options;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(resolve, patience, "late");
    });
    const first = await Promise.race([this.answered, late]);
    clearTimeout(timer);
    if (choice !== this.choice || (first !== "late" && !this.broken)) return false;
    engine.restart();
    this.broken = false;
    this.answered = Promise.resolve();
    if (this.backend !== null) this.start(this.backend);
    return true;
  }

  /** Keeps track of a question to the engine. */
  private async asked<T>(answer: Promise<T>): Promise<T> {
    this.answered = Promise.allSettled([this.answered, answer]).then(() => undefined);
    try {
      return await answer;
    } catch (error) {
      if (error instanceof Error && error.name === lostWorker) this.broken = true;
      throw error;
    }
  }

  private storedOutcome(picture: Picture | null): Outcome | null {
    const sample = picture?.sample;
    const objects = sample == null ? undefined : this.weights?.stored[sample];
    return objects === undefined ? null : { objects, origin: "stored", milliseconds: 0, first: false };
  }

  private set(part: Partial<SessionState>): void {
    this.current = { ...this.current, ...part };
    this.options.changed(this.current);
  }
}

function isEnded(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
