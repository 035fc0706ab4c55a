import type { FoundObject } from "../messages/detection.js";

/** Everything /live knows before its worker runs. Files are attached separately: see loaders/pages/live/attachments.ts. */
export interface LiveData {
  readonly weights: readonly LiveWeights[];
  readonly samples: readonly LiveSample[];
}

/** Weights that come with the site. */
export interface LiveWeights {
  readonly id: string;
  readonly title: string;
  /** The model's name. */
  readonly model: string;
  readonly classes: readonly string[];
  readonly inputSize: readonly [height: number, width: number];
  /** Trainable ones. */
  readonly parameters: number;
  /** Size of the file. */
  readonly bytes: number;
  /** What its run measured; null without a record. */
  readonly measured: { readonly AP: number | null; readonly on: string; readonly source: string } | null;
  /** By sample: what these weights found in each sample that shows one of their classes. */
  readonly stored: Readonly<Record<string, readonly FoundObject[]>>;
}

/** An image that the page offers to detect in. */
export interface LiveSample {
  readonly id: string;
  readonly title: string;
  /** What it is, who made it, and its licence. */
  readonly credit: string;
  /** Names of the classes that it shows; weights that know one of them fit it. */
  readonly subjects: readonly string[];
  readonly width: number;
  readonly height: number;
}

/** Whether weights know a class that a sample shows. */
export function fitsWeights(subjects: readonly string[], classes: readonly string[]): boolean {
  const known = new Set(classes.map((name) => name.toLowerCase()));
  return subjects.some((subject) => known.has(subject.toLowerCase()));
}
