/** Receives a fetch's progress. */
export interface FetchProgress {
  /** A step begins, or something needs saying: a sentence without its full stop. */
  step(text: string): void;
  /** Bytes of the archive that are there, of how many; undefined if the server does not say. */
  bytes(done: number, total: number | undefined): void;
}
