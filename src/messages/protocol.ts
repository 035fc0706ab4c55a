import type * as v from "valibot";

/** The name of the error with which questions are rejected when a worker has broken off, and its state is lost. */
export const lostWorker = "LostWorkerError";

/** What a page may ask of one of its workers, and what it is answered. Declared once, and checked on both sides. */
export interface Protocol {
  /** The worker's name in messages: "detection". */
  readonly name: string;
  /** By kind, a method's name. Questions are objects, so that errors can name a field. */
  readonly questions: Readonly<
    Record<
      string,
      {
        readonly question: v.GenericSchema<object>;
        readonly answer: v.GenericSchema<object>;
      }
    >
  >;
  /** The stages whose progress the worker reports before it answers; none where it reports nothing. */
  readonly stages: readonly string[];
  /** Whether a question's answer depends on earlier ones. A worker that broke is then only started again by `restart`. */
  readonly keepsState: boolean;
  /** What to do when the worker breaks, the end of a sentence: "reload the page". */
  readonly remedy: string;
}

/** Told how much of a stage is done, from 0 to 1. */
export type OnProgress<P extends Protocol> = (stage: P["stages"][number], fraction: number) => void;

type Kind<P extends Protocol> = keyof P["questions"];

export type Question<P extends Protocol, K extends Kind<P>> = v.InferOutput<P["questions"][K]["question"]>;

export type Answer<P extends Protocol, K extends Kind<P>> = v.InferOutput<P["questions"][K]["answer"]>;

/** What answers a protocol's questions, one method per kind: the worker itself and, in the page, its client. */
export type Engine<P extends Protocol> = {
  readonly [K in Kind<P>]: (
    question: Question<P, K>,
    ...progress: P["stages"] extends readonly [] ? [] : [progress: OnProgress<P>]
  ) => Promise<Answer<P, K>>;
};

/** The page's side of a worker. */
export type Client<P extends Protocol> = Engine<P> & {
  /** Ends the worker at once; what it has not answered is rejected with an error named "AbortError". */
  cancel(): void;
  /** As `cancel`; the next question starts another worker, which knows nothing of earlier questions. */
  restart(): void;
};
